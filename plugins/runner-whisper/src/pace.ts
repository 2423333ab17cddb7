// Whether there is time to follow several texts at once.

import { SAMPLE_RATE_HZ } from '@voiceinput/plugin-api';
import type { ClipToRead } from './read.ts';

/** Real speech came to 3 tokens a second in English, 5 in Russian; where a draft is known, its tokens count. */
const TOKENS_PER_SECOND = 5;
/** How much the latest run counts beside all before it. */
const LATEST = 0.3;

/** What runs have taken lately, in milliseconds. */
export class Pace {
  #passMs: number;

  /** `passMs`: what one pass of a search takes. */
  constructor(passMs: number) {
    this.#passMs = passMs;
  }

  /** A search of so many passes took so long, encoding included. */
  took(ms: number, passes: number): void {
    if (passes > 0) this.#passMs += LATEST * (ms / passes - this.#passMs);
  }

  /** The beams that were asked for, or 1 where they would take longer than `withinMs`. */
  beamsFor({ clip, hint, beams }: ClipToRead, withinMs: number): number {
    const guessed = (clip.samples.length / SAMPLE_RATE_HZ) * TOKENS_PER_SECOND;
    const tokens = hint.proposal ? hint.proposal.tokens.length : guessed;
    return tokens * this.#passMs > withinMs ? 1 : beams;
  }
}
