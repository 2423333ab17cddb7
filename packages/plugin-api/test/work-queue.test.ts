// Whether work that must not overlap runs one after the other, whatever becomes of it.

import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createWorkQueue } from '../src/work-queue.ts';

test('work runs in the order in which it was added, also after a failure', async () => {
  const queue = createWorkQueue();
  const done: string[] = [];
  const slow = queue.add(async () => {
    await pause(10);
    done.push('slow');
    throw new Error('It failed.');
  });
  const quick = queue.add(async () => done.push('quick'));
  await expect(slow).rejects.toThrow('It failed.');
  expect(await quick).toBe(2);
  expect(done).toEqual(['slow', 'quick']);
});

test('it is drained when all that was added so far is done', async () => {
  const queue = createWorkQueue();
  let isDone = false;
  queue
    .add(async () => {
      await pause(10);
      isDone = true;
      throw new Error('It failed.');
    })
    .catch(() => undefined);
  await queue.drained();
  expect(isDone).toBe(true);
});
