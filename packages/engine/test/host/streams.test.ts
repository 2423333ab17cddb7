import type { ClipStream, Runner } from '@voiceinput/plugin-api';
import { never } from '@voiceinput/testkit';
import { expect, test } from 'vitest';
import { createStreams } from '../../src/host/streams.ts';

const SECOND = 16_000;

/** A runner whose streams say how much they have heard, and that remembers what became of each. */
function listener({ push }: Partial<ClipStream> = {}) {
  const opened: number[] = [];
  const closed: number[] = [];
  const runner: Pick<Runner, 'stream'> = {
    async stream(startSample) {
      opened.push(startSample);
      let heard = 0;
      return {
        push: push ?? (async (samples) => ({ text: `${(heard += samples.length)}` })),
        close: async () => void closed.push(startSample),
      };
    },
  };
  return { streams: createStreams(runner), opened, closed };
}

const asked = (streamId: string, samples: number, startSample = 0) => ({
  streamId,
  clip: { samples: new Float32Array(samples), startSample },
  hint: {},
});

test('each sample is heard once, whatever is asked again', async () => {
  const { streams, opened } = listener();
  const texts = [];
  for (const samples of [SECOND, 3 * SECOND, 2 * SECOND, 3 * SECOND])
    texts.push((await streams.read(asked('a', samples), never)).text);
  expect(texts).toEqual(['16000', '48000', '48000', '48000']);
  expect(opened).toEqual([0]);
});

test('clips are kept apart, and each is closed once when it is over or all is', async () => {
  const { streams, closed } = listener();
  await streams.read(asked('a', SECOND, 1), never);
  await streams.read(asked('b', SECOND, 2), never);
  expect((await streams.read(asked('a', 2 * SECOND, 1), never)).text).toBe('32000');
  await Promise.all([streams.end('a'), streams.end('a'), streams.end('never heard of')]);
  expect(closed).toEqual([1]);
  await streams.close();
  await streams.close();
  expect(closed).toEqual([1, 2]);
});

test('one that fails is closed, and the next reading begins anew with all of it', async () => {
  let fails = true;
  const heard: number[] = [];
  const { streams, opened, closed } = listener({
    async push(samples) {
      heard.push(samples.length);
      if (fails) throw new Error('enough');
      return { text: 'all' };
    },
  });
  await expect(streams.read(asked('a', SECOND), never)).rejects.toThrow('enough');
  fails = false;
  expect((await streams.read(asked('a', 2 * SECOND), never)).text).toBe('all');
  expect([opened.length, closed.length, heard]).toEqual([2, 1, [SECOND, 2 * SECOND]]);
});

test('what ends while it is being heard is closed when it has answered', async () => {
  let answer = (): void => undefined;
  const { streams, closed } = listener({
    push: () => new Promise((resolve) => (answer = () => resolve({ text: '' }))),
  });
  const reading = streams.read(asked('a', SECOND, 7), never);
  await new Promise((resolve) => setImmediate(resolve));
  await streams.end('a');
  expect(closed).toEqual([]);
  answer();
  await reading;
  expect(closed).toEqual([7]);
});

test('a runner that only says that it streams is told apart', async () => {
  await expect(createStreams({}).read(asked('a', SECOND), never)).rejects.toMatchObject({
    code: 'ERR_PLUGIN_MANIFEST',
  });
});
