import { abortAtEachAwait, inEveryState } from '@voiceinput/testkit';
import { describe, expect, test } from 'vitest';

const PATIENCE_MS = 200;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A shop that opens and closes; its customers are served, refused, or forgotten, as they are told. */
function shop({ forgets = false, deaf = false, leaks = false } = {}) {
  const open = new Set<object>();
  const life = {
    patienceMs: PATIENCE_MS,
    begin() {
      const one = { isClosed: false };
      open.add(one);
      return one;
    },
    opened: turn,
    async close(one: { isClosed: boolean }) {
      one.isClosed = true;
      if (!leaks) open.delete(one);
    },
    left: () => [...open],
  };
  const serve = async (one: { isClosed: boolean }, signal: AbortSignal): Promise<void> => {
    for (let step = 0; step < 3; step += 1) {
      if (one.isClosed && forgets) await new Promise<never>(() => undefined);
      if (one.isClosed) throw new Error('It is closed.');
      if (!deaf) signal.throwIfAborted();
      if (signal.aborted) await new Promise<never>(() => undefined);
      await turn();
    }
  };
  return inEveryState(life, serve);
}

async function failuresOf(checks: ReturnType<typeof shop>): Promise<string[]> {
  const failures: string[] = [];
  for (const { name, run } of checks) await run().catch(() => failures.push(name));
  return failures;
}

describe('an operation in every state', () => {
  test('of what keeps its promises settles in each', async () => {
    expect(await failuresOf(shop())).toEqual([]);
  });

  test('that is forgotten when its owner closes is found', async () => {
    expect(await failuresOf(shop({ forgets: true }))).toEqual([
      'while it opens and is closed',
      'while it closes, and when it is closed',
    ]);
  });

  test('that does not heed an abort is found', async () => {
    expect(await failuresOf(shop({ deaf: true }))).toEqual(['aborted at each await']);
  });

  test('that leaves something behind is found', async () => {
    expect(await failuresOf(shop({ leaks: true }))).toHaveLength(5);
  });
});

test('work is aborted until it is done before the abort comes', async () => {
  const aborted: number[] = [];
  let tries = 0;
  await abortAtEachAwait(async (signal) => {
    tries += 1;
    for (let step = 0; step < 5; step += 1) {
      if (signal.aborted) aborted.push(step);
      signal.throwIfAborted();
      await turn();
    }
  }, PATIENCE_MS);
  expect(aborted.length).toBeGreaterThan(2);
  expect(new Set(aborted).size).toBe(aborted.length);
  expect(tries).toBeLessThan(7);
  await expect(abortAtEachAwait(() => Promise.reject(new Error('broken')), PATIENCE_MS)).rejects.toThrow('broken');
});
