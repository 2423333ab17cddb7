// How tests are skipped that need what is not there: with the sentence why, at the end of their names. In CI that fails the run.

import { describe, test } from 'vitest';

/** Before the reason, in the name of what is skipped. */
export const BECAUSE = ' — ';

/** `describe` for tests that need what is missing for the reason given; absent when nothing is missing. */
export function describeUnless(missing: string | undefined): typeof describe.skip {
  return named(describe.skipIf(missing !== undefined), missing);
}

/** `test`, likewise. */
export function testUnless(missing: string | undefined): typeof test.skip {
  return named(test.skipIf(missing !== undefined), missing);
}

function named<T extends (...all: never) => unknown>(api: T, missing: string | undefined): T {
  if (missing === undefined) return api;
  return new Proxy(api, {
    apply: (target, self, [name, ...rest]: [string, ...unknown[]]) =>
      Reflect.apply(target, self, [`${name}${BECAUSE}${missing}`, ...rest] as never),
  });
}
