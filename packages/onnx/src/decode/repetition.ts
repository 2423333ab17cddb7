// When a decoder is caught in a loop.

const LONGEST_PERIOD = 12;

/**
 * How many tokens to keep when `tokens` end in the same words again and again: the loop's first turn stays.
 * Undefined when they don't. People do repeat themselves: a single token may come five times, two or three tokens
 * three times, longer stretches twice.
 */
export function lengthBeforeLoop(tokens: readonly number[]): number | undefined {
  for (let period = 1; period <= Math.min(LONGEST_PERIOD, Math.floor(tokens.length / 3)); period++) {
    const turns = turnsAtEnd(tokens, period);
    if (turns >= turnsAllowed(period) + 1) return tokens.length - (turns - 1) * period;
  }
  return undefined;
}

const turnsAllowed = (period: number): number => (period === 1 ? 5 : period <= 3 ? 3 : 2);

function turnsAtEnd(tokens: readonly number[], period: number): number {
  let same = 0;
  while (
    same < tokens.length - period &&
    tokens[tokens.length - 1 - same] === tokens[tokens.length - 1 - same - period]
  )
    same++;
  return 1 + Math.floor(same / period);
}
