// When each subtitle of a dictation stands.

import type { SegmentResult } from '@voiceinput/plugin-api';
import { printable, samplesToMs } from '@voiceinput/plugin-api';
import { inLines, partsOf } from './lines.ts';

export interface Cue {
  readonly startMs: number;
  /** After `startMs`. */
  readonly endMs: number;
  /** One or two lines. */
  readonly text: string;
}

/** Cues in order, without overlaps. A cue has the times of its words; without them, time is shared by the number of characters. */
export function toCues(segments: readonly SegmentResult[]): Cue[] {
  const cues: Cue[] = [];
  for (const segment of segments) {
    for (const { startMs, endMs, text } of cuesOf(segment)) {
      const free = Math.max(startMs, cues.at(-1)?.endMs ?? 0);
      cues.push({ startMs: free, endMs: Math.max(endMs, free + 1), text });
    }
  }
  return cues;
}

function cuesOf(segment: SegmentResult): Cue[] {
  const parts = partsOf(printable(segment.text));
  const place = placesBy(segment, parts.join('').replace(/\s/gu, '').length);
  let done = 0;
  return parts.map((part) => {
    const from = done;
    done += part.replace(/\s/gu, '').length;
    const { startSample, endSample } = place(from, done);
    return {
      startMs: Math.round(samplesToMs(startSample)),
      endMs: Math.round(samplesToMs(endSample)),
      text: inLines(part),
    };
  });
}

type Range = Pick<SegmentResult, 'startSample' | 'endSample'>;

/** Where characters from one to before another were said; spaces do not count. */
function placesBy({ startSample, endSample, words = [] }: SegmentResult, characters: number): PlaceOf {
  const samplesPerCharacter = (endSample - startSample) / characters;
  const byLength: PlaceOf = (from, to) => ({
    startSample: startSample + from * samplesPerCharacter,
    endSample: startSample + to * samplesPerCharacter,
  });
  const spoken = words.flatMap((word) => Array.from({ length: word.text.replace(/\s/gu, '').length }, () => word));
  if (spoken.length !== characters) return byLength;
  return (from, to) => ({ startSample: spoken[from]!.startSample, endSample: spoken[to - 1]!.endSample });
}

type PlaceOf = (from: number, to: number) => Range;
