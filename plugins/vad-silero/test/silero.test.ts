// Silero tells speech from silence and keeps the promises of a detector.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openModelStore } from '@voiceinput/models';
import type { Mark, Vad } from '@voiceinput/plugin-api';
import { conformance, fakeContext } from '@voiceinput/testkit';
import plugin from '@voiceinput/vad-silero';
import { spokenSentence } from './speech.ts';

const { signal } = new AbortController();
const context = fakeContext({ pluginId: plugin.id, models: openModelStore({ plugins: [{ plugin }] }) });
const speech = await spokenSentence();
const silence = new Float32Array(32_000);

describe('conformance', () => {
  for (const { name, run } of conformance(plugin, { context, speech, silence })) test(name, run);
});

describe('a detector', () => {
  let vad: Vad;
  beforeAll(async () => {
    vad = await plugin.create({}, context, signal);
  });
  afterAll(() => vad.close());

  const marksOf = async (samples: Float32Array): Promise<readonly Mark[]> => {
    const stream = await vad.listen(signal);
    const marks = await stream.push({ samples, startSample: 0 }, signal);
    await stream.close();
    return marks;
  };
  const share = (marks: readonly Mark[]): number =>
    marks.filter(({ speechProbability }) => speechProbability > 0.5).length / marks.length;

  test('hears speech in speech and none in silence', async () => {
    expect(share(await marksOf(speech))).toBeGreaterThan(0.6);
    expect(share(await marksOf(silence))).toBe(0);
  });

  test('windows have 512 samples and keep what is left for the next frame', async () => {
    const stream = await vad.listen(signal);
    const push = (length: number, startSample: number): Promise<readonly Mark[]> =>
      stream.push({ samples: new Float32Array(length), startSample }, signal);
    expect(await push(511, 100)).toEqual([]);
    expect(await push(514, 611)).toMatchObject([
      { startSample: 100, endSample: 612 },
      { startSample: 612, endSample: 1124 },
    ]);
    expect(await push(511, 1125)).toMatchObject([{ startSample: 1124, endSample: 1636 }]);
  });

  test('frames pushed without waiting are worked off in order', async () => {
    const stream = await vad.listen(signal);
    const frames = Array.from({ length: 20 }, (_, index) => ({
      samples: speech.subarray(index * 700, (index + 1) * 700),
      startSample: index * 700,
    }));
    const marks = (await Promise.all(frames.map((frame) => stream.push(frame, signal)))).flat();
    expect(marks).toEqual(await marksOf(speech.subarray(0, 14_000)));
  });

  test('an aborted push rejects with the reason and the stream goes on', async () => {
    const stream = await vad.listen(signal);
    await expect(stream.push({ samples: silence, startSample: 0 }, AbortSignal.abort('stop'))).rejects.toBe('stop');
    expect(await stream.push({ samples: silence.subarray(0, 512), startSample: 0 }, signal)).toHaveLength(1);
  });
});
