// Whether an operation of something that opens and closes comes to an end in whatever state it is asked for.

import assert from 'node:assert/strict';
import { soon } from '../conformance/check.ts';
import type { Check } from '../conformance/check.ts';
import { abortAtEachAwait } from './abort-at-each-await.ts';

/** How something opens and closes. */
export interface Life<T> {
  /** Begins to open one and does not wait for it. */
  begin(): T;
  /** Settles when it is open. */
  opened(one: T): Promise<unknown>;
  /** Closes it, in whatever state it is; may be called twice. */
  close(one: T): Promise<unknown>;
  /** What is left of all that were closed, such as processes. Nothing should be. Default: not looked at. */
  left?(): readonly unknown[];
  /** How long anything may take. */
  readonly patienceMs: number;
}

/**
 * Runs `operation` while its owner opens, is open, closes, is closed, was opened anew, and with an abort at each of its
 * awaits. It may succeed or fail, but it settles soon; closing does too, and leaves nothing behind. Once it is open, also
 * for a second time, `operation` succeeds.
 */
export function inEveryState<T>(life: Life<T>, operation: (one: T, signal: AbortSignal) => Promise<unknown>): Check[] {
  const settled = (work: Promise<unknown>, what: string): Promise<unknown> =>
    soon(
      work.catch(() => undefined),
      life.patienceMs,
      what,
    );
  const run = (one: T): Promise<unknown> => operation(one, new AbortController().signal);

  async function close(one: T): Promise<void> {
    await soon(life.close(one), life.patienceMs, 'Closing');
    assert.deepEqual(life.left?.() ?? [], [], 'Closing should leave nothing behind.');
  }

  async function works(one: T): Promise<void> {
    await soon(life.opened(one), life.patienceMs, 'Opening');
    await soon(run(one), life.patienceMs, 'What is asked of an open one');
  }

  return [
    {
      name: 'while it opens',
      async run() {
        const one = life.begin();
        const running = run(one);
        running.catch(() => undefined);
        await settled(running, 'What is asked while it opens');
        await close(one);
      },
    },
    {
      name: 'while it opens and is closed',
      async run() {
        const one = life.begin();
        const running = settled(run(one), 'What is asked while it opens and is closed');
        await close(one);
        await running;
      },
    },
    {
      name: 'when it is open, and open again',
      async run() {
        for (const _ of ['once', 'again']) {
          const one = life.begin();
          await works(one);
          await close(one);
        }
      },
    },
    {
      name: 'while it closes, and when it is closed',
      async run() {
        const one = life.begin();
        await works(one);
        const running = settled(run(one), 'What is under way when it closes');
        const closing = close(one);
        const late = settled(run(one), 'What is asked while it closes');
        await Promise.all([running, closing, late]);
        await settled(run(one), 'What is asked when it is closed');
        await close(one);
      },
    },
    {
      name: 'aborted at each await',
      async run() {
        const one = life.begin();
        await works(one);
        await abortAtEachAwait((signal) => operation(one, signal), life.patienceMs);
        await works(one);
        await close(one);
      },
    },
  ];
}
