// What a runner may be told of the text before a clip: what the speaker goes on with, and nothing that would lead it astray.

import type { SegmentResult } from '@voiceinput/plugin-api';
import { msToSamples } from '@voiceinput/plugin-api';
import { repeats } from '../judge/judge.ts';
import { tokensOf } from '../judge/tokens.ts';

/** Who pauses for longer goes on with something else. */
const LONGEST_GAP_SAMPLES = msToSamples(5_000);

/** The text of the segment that ends just before `startSample`. Absent when there is none, it is doubtful, or it loops. */
export function precedingText(segments: readonly SegmentResult[], startSample: number): string | undefined {
  const before = segments.findLast((segment) => segment.endSample <= startSample && segment.text !== '');
  if (before === undefined || startSample - before.endSample > LONGEST_GAP_SAMPLES) return undefined;
  if (before.doubtful !== undefined || repeats(tokensOf(before.text))) return undefined;
  return before.text;
}
