import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startDeadline, withDeadline } from '@voiceinput/plugin-api';

describe('a deadline', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test.each([0, 1, 499, 500, 1_300])('of %i ms is over after that time, and not before', async (ms) => {
    const late = vi.fn<() => void>();
    startDeadline(ms, late);
    await vi.advanceTimersByTimeAsync(ms);
    expect(late).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2);
    expect(late).toHaveBeenCalledOnce();
  });

  test('leaves out the time in which it is paused, however often', async () => {
    const late = vi.fn<() => void>();
    const deadline = startDeadline(1_000, late);
    await vi.advanceTimersByTimeAsync(700);
    const resume = [deadline.pause(), deadline.pause()];
    await vi.advanceTimersByTimeAsync(60_000);
    resume[0]!();
    await vi.advanceTimersByTimeAsync(60_000);
    resume[1]!();
    await vi.advanceTimersByTimeAsync(299);
    expect(late).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(3);
    expect(late).toHaveBeenCalledOnce();
  });

  test('that was stopped never comes', async () => {
    const late = vi.fn<() => void>();
    const deadline = startDeadline(1_000, late);
    const resume = deadline.pause();
    deadline.stop();
    resume();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(late).not.toHaveBeenCalled();
  });
});

test('the time in which this process was stopped is nobody’s fault', async () => {
  const late = vi.fn<() => void>();
  const deadline = startDeadline(700, late);
  // Nothing runs meanwhile, as when the machine sleeps.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
  await new Promise((resolve) => setTimeout(resolve, 50));
  deadline.stop();
  expect(late).not.toHaveBeenCalled();
});

test('work is waited for until its deadline, and what it says later troubles nobody', async () => {
  const late = (): Error => new Error('late');
  expect(await withDeadline(Promise.resolve('done'), 10_000, late)).toBe('done');
  let fail = (_reason: Error): void => undefined;
  const slow = new Promise<never>((_, reject) => (fail = reject));
  await expect(withDeadline(slow, 1, late)).rejects.toThrow('late');
  fail(new Error('too late'));
});
