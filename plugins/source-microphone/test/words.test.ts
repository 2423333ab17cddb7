import { setTimeout as sleep } from 'node:timers/promises';
import { msToSamples } from '@voiceinput/plugin-api';
import { concatenate, noise } from '@voiceinput/testkit';
import { missingForSoundRig, openSoundRig } from '@voiceinput/rig/sound';
import type { SoundRig } from '@voiceinput/rig/sound';
import { describeUnless } from '@voiceinput/rig/unless';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { find, listen, openMicrophone } from './ear.ts';
import { recordersOf } from './recorders.ts';

const missing = missingForSoundRig('parecord', 'arecord');
if (missing !== undefined) console.log(`skipped: ${missing}`);
const rounds = Number(process.env['VOICEINPUT_MICROPHONE_ROUNDS'] ?? 4);
const PAUSE_MS = 400;

describeUnless(missing)('what is said', () => {
  let rig: SoundRig;
  beforeAll(async () => {
    rig = await openSoundRig();
    Object.assign(process.env, rig.env);
  });
  afterAll(() => rig.close());

  test.each([
    ['parecord', undefined, rounds],
    ['arecord', 'pulse', Math.ceil(rounds / 5)],
    ['node-mic', 'pulse', Math.ceil(rounds / 5)],
  ] as const)('comes whole through %s, from its first sample to its last', { timeout: 3_600_000 }, async (...row) => {
    const [recorder, device, times] = row;
    const source = await openMicrophone({ recorder, ...(device && { device }) });
    for (let round = 1; round <= times; round += 1) {
      // Noise is like nothing but itself: one lost or doubled sample anywhere, and it is not found.
      const sound = noise(3_200, 0.5, round);
      const ear = await listen(source);
      await rig.microphone.say(sound);
      await ear.more(150);
      expect(await ear.stop()).toBeUndefined();
      expect(find(sound, ear.heard()), `round ${round}`).toBeGreaterThanOrEqual(0);
    }
    await source.close();
  });

  test('waits for a reader that is late', async () => {
    const source = await openMicrophone();
    const abort = new AbortController();
    const frames = source.frames(abort.signal)[Symbol.asyncIterator]();
    const first = (await frames.next()).value!.samples;
    const sound = noise(4_800, 0.5, 99);
    await rig.microphone.say(sound);
    await sleep(PAUSE_MS);
    const heard = [first];
    for (let samples = 0; samples < 8_000; samples += heard.at(-1)!.length) {
      heard.push((await frames.next()).value!.samples);
    }
    abort.abort();
    await frames.return?.();
    expect(find(sound, concatenate(...heard))).toBeGreaterThanOrEqual(0);
    await source.close();
  });

  test('at a device that has 44.1 kHz only comes with its words in place and its level kept', async () => {
    const microphone = await rig.addMicrophone({ id: 'cd', name: 'CD microphone', rateHz: 44_100 });
    const source = await openMicrophone({ device: 'cd' });
    const ear = await listen(source);
    const tone = Float32Array.from({ length: 16_000 }, (_, at) => 0.4 * Math.sin((2 * Math.PI * 1_000 * at) / 16_000));
    await microphone.say(tone);
    await ear.more(300);
    await ear.stop();
    await source.close();
    const heard = ear.heard();
    const loud = [...heard.keys()].filter((at) => Math.abs(heard[at]!) > 0.02);
    expect(Math.abs(loud.at(-1)! - loud[0]! - 16_000)).toBeLessThan(80);
    // All of the energy is in the tone: resampling adds no aliases.
    const middle = heard.subarray(loud[0]! + 2_000, loud[0]! + 14_000);
    expect(energy(withoutTone(middle, 1_000)) / energy(middle)).toBeLessThan(1e-4);
    expect(Math.sqrt((2 * energy(middle)) / middle.length)).toBeCloseTo(0.4, 2);
  });

  test('before the beginning is heard with pre-roll, and only with it', async () => {
    const sound = noise(4_800, 0.5, 7);
    for (const preRollMs of [0, 800]) {
      const source = await openMicrophone({ preRollMs });
      await (await listen(source)).stop();
      expect(recordersOf(rig)).toEqual(preRollMs > 0 ? ['parecord'] : []);
      await rig.microphone.say(sound);
      await sleep(PAUSE_MS);
      const ear = await listen(source);
      await ear.more(50);
      await ear.stop();
      const heard = ear.heard();
      expect(find(sound, heard) >= 0, `${preRollMs} ms`).toBe(preRollMs > 0);
      if (preRollMs > 0) expect(heard.length).toBeGreaterThanOrEqual(msToSamples(preRollMs));
      await source.close();
      expect(recordersOf(rig)).toEqual([]);
    }
  });

  test('into a muted microphone is told, as a warning and not as an error', async () => {
    const muted = await rig.addMicrophone({ id: 'muted', name: 'Muted microphone' });
    await muted.mute();
    const hear = async (device: string): Promise<string[]> => {
      const lines: string[] = [];
      const source = await openMicrophone({ device }, lines);
      const ear = await listen(source);
      await Promise.all([muted.say(noise(1_600)), rig.microphone.say(noise(1_600)), ear.more(2_100)]);
      expect(await ear.stop()).toBeUndefined();
      await source.close();
      return lines;
    };
    const [ofMuted, ofAudible] = await Promise.all([hear('muted'), hear('desk')]);
    expect(ofMuted).toEqual([expect.stringContaining('may be muted')]);
    expect(ofAudible).toEqual([]);
  });
});

const energy = (samples: Float32Array): number => samples.reduce((sum, sample) => sum + sample * sample, 0);

/** What is left when the best fitting tone of `hz` is taken away; `samples` hold whole periods. */
function withoutTone(samples: Float32Array, hz: number): Float32Array {
  const turn = (2 * Math.PI * hz) / 16_000;
  let cosine = 0;
  let sine = 0;
  for (const [at, sample] of samples.entries()) {
    cosine += (2 * sample * Math.cos(turn * at)) / samples.length;
    sine += (2 * sample * Math.sin(turn * at)) / samples.length;
  }
  return samples.map((sample, at) => sample - cosine * Math.cos(turn * at) - sine * Math.sin(turn * at));
}
