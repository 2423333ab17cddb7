// What ffmpeg writes about a file that it was asked to look at.

export interface ForeignTrack {
  /** Its place among all streams of the file. */
  readonly index: number;
}

export interface ForeignContent {
  /** Those with sound, the default one first. */
  readonly tracks: readonly ForeignTrack[];
  /** How long the file says its sound is. Absent when it does not, or when that is a guess. */
  readonly seconds: number | undefined;
  /** When the file begins, in seconds as it counts them, where it has other tracks too, such as pictures. */
  readonly filmBeginSeconds?: number;
}

/** Reads `text`. Absent when ffmpeg found no format, or none that it is sure of. */
export function contentOf(text: string): ForeignContent | undefined {
  if (!/^Input #0, /m.test(text) || /misdetection possible/.test(text)) return undefined;
  const tracks = [...text.matchAll(/^\s+Stream #0:(\d+)(?:\[\w+\])?(?:\([^)]*\))?: Audio: (.*)$/gm)]
    .map(([, index, about = '']) => ({ index: Number(index), isDefault: about.includes('(default)') }))
    .toSorted((a, b) => Number(b.isDefault) - Number(a.isDefault));
  const [, hours, minutes, seconds] = /^\s+Duration: (\d+):(\d\d):(\d\d\.\d+)/m.exec(text) ?? [];
  const isFilm = (text.match(/^\s+Stream #0:/gm) ?? []).length > 1;
  // Pictures may go on when nobody speaks any more.
  const isGuess = hours === undefined || isFilm || /Estimating duration/.test(text);
  const [, begin] = /^\s+Duration: .*, start: (-?\d+\.\d+)/m.exec(text) ?? [];
  return {
    ...(isFilm && begin !== undefined && { filmBeginSeconds: Number(begin) }),
    tracks: tracks.map(({ index }) => ({ index })),
    seconds: isGuess ? undefined : (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds),
  };
}
