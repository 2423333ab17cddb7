import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { missingForSoundRig, openSoundRig } from '@voiceinput/rig/sound';
import type { SoundRig } from '@voiceinput/rig/sound';
import { describeUnless } from '@voiceinput/rig/unless';
import { setTimeout as sleep } from 'node:timers/promises';
import { never } from '@voiceinput/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { follow, listen, openMicrophone, until } from './ear.ts';
import { openDescriptors, recordersOf, zombies } from './recorders.ts';

const missing = missingForSoundRig('parecord', 'arecord');
if (missing !== undefined) console.log(`skipped: ${missing}`);
const taps = 2 * Number(process.env['VOICEINPUT_MICROPHONE_ROUNDS'] ?? 4);

describeUnless(missing)('the process that records', () => {
  let rig: SoundRig;
  beforeAll(async () => {
    rig = await openSoundRig();
    Object.assign(process.env, rig.env);
  });
  afterAll(() => rig.close());

  test.each([
    { recorder: 'parecord' },
    { recorder: 'arecord', device: 'pulse' },
    { recorder: 'node-mic', device: 'pulse' },
  ] as const)('is gone after every tap: $recorder', { timeout: 3_600_000 }, async (options) => {
    const source = await openMicrophone(options);
    await (await listen(source)).stop();
    const before = openDescriptors();
    for (let tap = 0; tap < taps; tap += 1) {
      const ear = follow(source);
      // From before the program has started to after its first samples.
      await sleep((tap % 10) * 10);
      expect(await ear.stop()).toBeUndefined();
      // The recorder of node-mic is no child of ours, and may take a moment more.
      if (options.recorder === 'node-mic') await until(() => recordersOf(rig).length === 0, 'the recorder to end');
      expect(recordersOf(rig)).toEqual([]);
    }
    await source.close();
    expect(openDescriptors()).toBeLessThanOrEqual(before);
    expect(zombies()).toBe(0);
  });

  test('ends with a reader that leaves, and with close', async () => {
    const source = await openMicrophone();
    for await (const frame of source.frames(never)) {
      expect(frame.startSample).toBe(0);
      break;
    }
    expect(recordersOf(rig)).toEqual([]);
    const ear = await listen(source);
    await source.close();
    expect(await ear.ended).toBeUndefined();
    expect(recordersOf(rig)).toEqual([]);
  });

  test.each([
    { recorder: 'parecord' },
    { recorder: 'arecord', device: 'pulse' },
    { recorder: 'node-mic', device: 'pulse' },
    { recorder: 'parecord', preRollMs: 500 },
  ])('does not outlive a killed listener, and never writes to its standard output: %o', async (options) => {
    const script = new URL('./hear.mjs', import.meta.url).pathname;
    const child = spawn(process.execPath, [script, JSON.stringify(options)], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    await until(() => said !== '', 'the first samples');
    expect(recordersOf(rig)).not.toEqual([]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await until(() => recordersOf(rig).length === 0, 'the recorder to end');
    expect(said).toBe('heard\n');
  });
});
