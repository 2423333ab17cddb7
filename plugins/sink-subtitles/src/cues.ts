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

/** Cues in order, without overlaps. Inside a segment time is shared by the number of characters. */
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

function cuesOf({ text, startSample, endSample }: SegmentResult): Cue[] {
  const parts = partsOf(printable(text));
  const characters = parts.reduce((sum, part) => sum + part.length, 0);
  const startMs = samplesToMs(startSample);
  const msPerCharacter = (samplesToMs(endSample) - startMs) / characters;
  let done = 0;
  return parts.map((part) => {
    const from = done;
    done += part.length;
    return {
      startMs: Math.round(startMs + from * msPerCharacter),
      endMs: Math.round(startMs + done * msPerCharacter),
      text: inLines(part),
    };
  });
}
