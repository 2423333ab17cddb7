import { describe, expect, test, vi } from 'vitest';
import { followAborts } from '../../src/own/abort.ts';
import { createOwnership } from '../../src/own/ownership.ts';

describe('ownership', () => {
  test('closes at once what is taken on too late', async () => {
    const ownership = createOwnership();
    await ownership.closeAll();
    const close = vi.fn<() => Promise<void>>(async () => undefined);
    ownership.own('late', close);
    await ownership.closeAll();
    expect(close).toHaveBeenCalledOnce();
  });

  test('closes in reverse order, each after the other', async () => {
    const order: string[] = [];
    const ownership = createOwnership();
    for (const name of ['a', 'b', 'c']) {
      ownership.own(name, async () => {
        await Promise.resolve();
        order.push(name);
      });
    }
    await ownership.closeAll();
    expect(order).toEqual(['c', 'b', 'a']);
  });

  test('attempts every one and joins the failures', async () => {
    const closed: string[] = [];
    const ownership = createOwnership();
    ownership.own('a', async () => void closed.push('a'));
    ownership.own('b', () => Promise.reject(new Error('stuck lid')));
    await expect(ownership.closeAll()).rejects.toMatchObject({
      errors: [{ code: 'ERR_PLUGIN_FAILED', message: 'b failed to close.' }],
    });
    expect(closed).toEqual(['a']);
  });

  test('waits for none forever', async () => {
    vi.useFakeTimers();
    try {
      const ownership = createOwnership();
      ownership.own('a', () => new Promise(() => undefined));
      const closing = expect(ownership.closeAll()).rejects.toMatchObject({ errors: [{ code: 'ERR_PLUGIN_TIMEOUT' }] });
      await vi.advanceTimersByTimeAsync(5_010);
      await closing;
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('abort', () => {
  test('the first of several signals counts, and letting go leaves no listener', () => {
    const [one, two] = [new AbortController(), new AbortController()];
    const removed = vi.spyOn(one.signal, 'removeEventListener');
    const { control, unfollow } = followAborts(one.signal, two.signal);
    two.abort('two');
    one.abort('one');
    expect(control.signal.reason).toBe('two');
    unfollow();
    expect(removed).toHaveBeenCalledOnce();
  });
});
