import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { unlessAborted, whenAborted } from '@voiceinput/plugin-api';

test('work that never ends is left at abort, also when that was before', async () => {
  const control = new AbortController();
  const work = unlessAborted(new Promise(() => undefined), control.signal);
  control.abort(new Error('enough'));
  await expect(work).rejects.toThrow('enough');
  await expect(unlessAborted(new Promise(() => undefined), control.signal)).rejects.toThrow('enough');
});

test('work that is done leaves nothing at a signal that lives on', async () => {
  const { signal } = new AbortController();
  expect(await unlessAborted(Promise.resolve('done'), signal)).toBe('done');
  await expect(unlessAborted(Promise.reject(new Error('failed')), signal)).rejects.toThrow('failed');
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('an abort is waited for, also when that was before', async () => {
  const control = new AbortController();
  const aborted = whenAborted(control.signal);
  control.abort();
  await expect(aborted).resolves.toBeUndefined();
  await expect(whenAborted(control.signal)).resolves.toBeUndefined();
});
