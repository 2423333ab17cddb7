// What a check is, and how long it waits.

import { withDeadline } from '@voiceinput/plugin-api';

/** One thing that every plugin of a kind does. For any test runner: `test(check.name, check.run)`. */
export interface Check {
  readonly name: string;
  /** Rejects with an error that says what was expected. */
  readonly run: () => Promise<void>;
}

/** What `promise` gives; rejects when it has not settled after `patienceMs`. */
export async function soon<T>(promise: Promise<T>, patienceMs: number, what: string): Promise<T> {
  return withDeadline(promise, patienceMs, () => new Error(`${what} did not settle within ${patienceMs} ms.`));
}
