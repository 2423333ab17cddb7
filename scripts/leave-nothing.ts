// That a test run leaves no process behind, whether it comes to its end or not.

import { guardChildren } from '../packages/rig/src/guard.ts';

/** Runs before the first test. */
export function setup(): void {
  guardChildren();
}
