// What ffmpeg writes about a file that it was asked to look at.

export interface ForeignTrack {
  /** Its place among all streams of the file. */
  readonly index: number;
}

export interface ForeignContent {
  /** Those with sound, the default one first. */
  readonly tracks: readonly ForeignTrack[];
  /** How long the file says it is. Absent when it does not, or when that is a guess. */
  readonly seconds: number | undefined;
}

/** Reads `text`. Absent when ffmpeg found no format, or none that it is sure of. */
export function contentOf(text: string): ForeignContent | undefined {
  if (!/^Input #0, /m.test(text) || /misdetection possible/.test(text)) return undefined;
  const tracks = [...text.matchAll(/^\s+Stream #0:(\d+)(?:\[\w+\])?(?:\([^)]*\))?: Audio: (.*)$/gm)]
    .map(([, index, about = '']) => ({ index: Number(index), isDefault: about.includes('(default)') }))
    .toSorted((a, b) => Number(b.isDefault) - Number(a.isDefault));
  const [, hours, minutes, seconds] = /^\s+Duration: (\d+):(\d\d):(\d\d\.\d+)/m.exec(text) ?? [];
  const isGuess = hours === undefined || /Estimating duration/.test(text);
  return {
    tracks: tracks.map(({ index }) => ({ index })),
    seconds: isGuess ? undefined : (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds),
  };
}
