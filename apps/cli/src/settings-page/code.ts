// The code that lets one browser in: valid once, for a short time, and not for whoever guesses.

import { randomInt, timingSafeEqual } from 'node:crypto';

/** Without letters and digits that look alike. */
const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
/** 58 bits: a handful of guesses is worth nothing. */
const CODE_LETTERS = 12;
const GROUP_LETTERS = 4;
/** Guesses after which the code is worth nothing. */
const MOST_GUESSES = 5;

export interface Code {
  /** As it is typed, such as `ABCD-EFGH-JKMN`. */
  readonly text: string;
  /** Whether it is this one, not spent, in time. It is spent then. */
  spend(given: string): boolean;
}

/** A new code, valid for `validMs` from now. */
export function createCode(validMs: number, nowMs: () => number = () => performance.now()): Code {
  const letters = Array.from({ length: CODE_LETTERS }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  const endsAtMs = nowMs() + validMs;
  let guesses = 0;
  let isSpent = false;
  return {
    text: letters.replace(new RegExp(`.{${GROUP_LETTERS}}(?!$)`, 'g'), '$&-'),
    spend(given) {
      if (isSpent || guesses >= MOST_GUESSES || nowMs() > endsAtMs) return false;
      guesses += 1;
      if (!isSame(given.toUpperCase().replace(/[\s-]/g, ''), letters)) return false;
      isSpent = true;
      return true;
    },
  };
}

/** Takes as long wherever the first difference is. */
export function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
