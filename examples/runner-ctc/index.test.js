// Shows that the plugin keeps the promises of a runner, and hears which vowel is which.

import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { conformance, fakeContext, fakeModels, speechLike } from '@voiceinput/testkit';
import plugin from './index.js';

const folder = await mkdtemp(join(tmpdir(), 'runner-ctc-'));
after(() => rm(folder, { recursive: true }));
await cp(new URL('./model/vowels.onnx', import.meta.url), join(folder, 'vowels.onnx'));
const [{ id: modelId, license }] = plugin.models;
const located = { modelId, folder, files: { acoustic: join(folder, 'vowels.onnx') }, fingerprint: 'f1', license };
const context = fakeContext({ pluginId: plugin.id, models: fakeModels([located]) });

for (const { name, run } of conformance(plugin, { context, speech: speechLike(1000) })) void test(name, run);

/** Half a second of a vowel with these formants in hertz, and half a second of silence. */
const vowel = (...formants) =>
  Float32Array.from({ length: 16_000 }, (_, at) => {
    if (at >= 8000) return 0;
    let sum = 0;
    for (let hz = 120; hz < 3800; hz += 120) {
      const loudness = formants.reduce((total, formant) => total + 1 / (1 + ((hz - formant) / 60) ** 2), 0);
      sum += loudness * Math.sin((2 * Math.PI * hz * at) / 16_000);
    }
    return 0.1 * sum;
  });

void test('vowels are heard in order, each at its place, and the graph was prepared', async () => {
  const { signal } = new AbortController();
  const runner = await plugin.create({ minFrames: 3 }, context, signal);
  const clips = [vowel(730, 1090), vowel(270, 2290), vowel(300, 870)];
  const samples = new Float32Array(48_000);
  clips.forEach((clip, index) => samples.set(clip, index * 16_000));
  const { text, words } = await runner.run({ samples, startSample: 1000 }, {}, signal);
  await runner.close();
  assert.equal(text, 'a i u');
  words.forEach(({ startSample }, index) => assert.ok(Math.abs(startSample - 1000 - index * 16_000) < 1000));
  assert.equal((await readdir(join(folder, 'prepared'))).length, 1);
});
