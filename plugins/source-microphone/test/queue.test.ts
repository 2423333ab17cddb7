import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createQueue } from '../src/queue.ts';
import { createPcmReader } from '../src/recorders/samples.ts';

test('samples are the same wherever the bytes were cut', () => {
  const chopped = fc.array(fc.uint8Array({ maxLength: 9 }), { maxLength: 20 });
  fc.assert(
    fc.property(chopped, (chunks) => {
      const read = createPcmReader();
      const samples = chunks.flatMap((chunk) => [...read(Buffer.from(chunk))]);
      const whole = Buffer.concat(chunks);
      const expected = Array.from({ length: whole.length >> 1 }, (_, at) => whole.readInt16LE(2 * at) / 32_768);
      expect(samples).toEqual(expected);
    }),
  );
});

test('what waits is read before a failure, and nothing after it was dropped', async () => {
  const failing = createQueue<number>();
  failing.push(1);
  failing.push(2);
  failing.end(new Error('over'));
  failing.push(3);
  const read: number[] = [];
  await expect(
    (async () => {
      for await (const item of failing.read()) read.push(item);
    })(),
  ).rejects.toThrow('over');
  expect(read).toEqual([1, 2]);

  const dropped = createQueue<number>();
  dropped.push(1);
  dropped.drop();
  expect(await dropped.read().next()).toMatchObject({ done: true });
});
