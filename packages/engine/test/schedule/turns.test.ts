import type { LaneName } from '@voiceinput/plugin-api';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTurns } from '../../src/schedule/turns.ts';

const never = new AbortController().signal;

test('the fast lane goes before a refine that waits', async () => {
  const turns = createTurns();
  const order: LaneName[] = [];
  const endFirst = await turns.take('refine', never);
  const waiting = (['refine', 'fast'] as const).map(async (lane) => {
    const end = await turns.take(lane, never);
    order.push(lane);
    end();
  });
  endFirst();
  await Promise.all(waiting);
  expect(order).toEqual(['fast', 'refine']);
});

test('who leaves the queue does not hold up the others', async () => {
  const turns = createTurns();
  const control = new AbortController();
  const end = await turns.take('fast', never);
  const leaving = expect(turns.take('fast', control.signal)).rejects.toThrow('enough');
  const staying = turns.take('refine', never);
  control.abort(new Error('enough'));
  await leaving;
  end();
  (await staying)();
  (await turns.take('refine', never))();
});

test('never two at a time, and everyone has a turn', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom<LaneName>('fast', 'refine'), { maxLength: 12 }), async (lanes) => {
      const turns = createTurns();
      let working = 0;
      let done = 0;
      await Promise.all(
        lanes.map(async (lane) => {
          const end = await turns.take(lane, never);
          expect((working += 1)).toBe(1);
          await Promise.resolve();
          working -= 1;
          done += 1;
          end();
        }),
      );
      expect(done).toBe(lanes.length);
    }),
  );
});
