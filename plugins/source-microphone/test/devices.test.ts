import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { never, noise } from '@voiceinput/testkit';
import { missingForSoundRig, openSoundRig } from '@voiceinput/rig/sound';
import type { SoundRig, VirtualMicrophone } from '@voiceinput/rig/sound';
import { describeUnless } from '@voiceinput/rig/unless';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { find, follow, listen, openMicrophone } from './ear.ts';
import { recordersOf } from './recorders.ts';

const missing = missingForSoundRig('parecord', 'arecord');
if (missing !== undefined) console.log(`skipped: ${missing}`);

describeUnless(missing)('devices', () => {
  let rig: SoundRig;
  let headset: VirtualMicrophone;
  beforeEach(async () => {
    rig = await openSoundRig();
    headset = await rig.addMicrophone({ id: 'headset', name: 'Kopfhörer für zwei' });
    Object.assign(process.env, rig.env);
  });
  afterEach(() => rig.close());

  test('are listed without opening one, and what is played is none of them', async () => {
    const source = await openMicrophone();
    expect(await source.devices!(never)).toEqual([
      { id: 'desk', name: 'Desk microphone', standard: true },
      { id: 'headset', name: 'Kopfhörer für zwei', standard: false },
    ]);
    expect(recordersOf(rig)).toEqual([]);
    await source.close();
  });

  test.each(['headset', 'Kopfhörer für zwei'])('are chosen by id or name: %s', async (device) => {
    const source = await openMicrophone({ device });
    const ear = await listen(source);
    const sound = noise(3_200, 0.5, 3);
    await headset.say(sound);
    await ear.more(200);
    await ear.stop();
    expect(find(sound, ear.heard())).toBeGreaterThanOrEqual(0);
    await source.close();
  });

  test('that go away hand over to the next of the list, there and back', async () => {
    const lines: string[] = [];
    const source = await openMicrophone({ device: ['desk', 'headset'] }, lines);
    const ear = await listen(source);
    const said: Float32Array[] = [];
    const say = async (microphone: VirtualMicrophone): Promise<void> => {
      const sound = noise(3_200, 0.5, said.length + 1);
      said.push(sound);
      await microphone.say(sound);
      await ear.more(200);
    };
    await say(rig.microphone);
    await rig.microphone.unplug();
    await ear.more(200);
    await say(headset);
    await rig.microphone.plug();
    await headset.unplug();
    await ear.more(200);
    await say(rig.microphone);
    expect(await ear.stop()).toBeUndefined();
    const places = said.map((sound) => find(sound, ear.heard()));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(lines.filter((line) => line.includes('went away'))).toEqual([
      expect.stringMatching(/"desk" went away .* Recording goes on with "headset"\.$/),
      expect.stringMatching(/"headset" went away .* Recording goes on with "desk"\.$/),
    ]);
    await source.close();
  });

  test('that go away end the recording when there is no other, after all that came', async () => {
    const source = await openMicrophone({ device: 'desk' });
    const ear = await listen(source);
    const sound = noise(3_200, 0.5, 5);
    await rig.microphone.say(sound);
    await ear.more(100);
    await rig.microphone.unplug();
    expect(await ear.ended).toMatchObject({ code: 'ERR_MICROPHONE_LOST', message: expect.stringContaining('"desk"') });
    expect(find(sound, ear.heard())).toBeGreaterThanOrEqual(0);
    await rig.microphone.plug();
    await (await listen(source)).stop();
    await source.close();
  });

  test('of the system follow it, and end before what is played would be recorded', async () => {
    const lines: string[] = [];
    const source = await openMicrophone({}, lines);
    const ear = await listen(source);
    await rig.microphone.unplug();
    await ear.more(200);
    const sound = noise(3_200, 0.5, 6);
    await headset.say(sound);
    await ear.more(200);
    expect(find(sound, ear.heard())).toBeGreaterThanOrEqual(0);
    expect(lines).toEqual([expect.stringContaining('"headset"')]);
    await headset.unplug();
    expect(await ear.ended).toMatchObject({ code: 'ERR_MICROPHONE_LOST' });
    await source.close();
  });

  test('that are not there are missing, also where only what is played could be recorded', async () => {
    await expectFailure({ device: ['nobody', 'nothing'] }, 'ERR_MICROPHONE_MISSING', 'No such entity');
    await rig.microphone.unplug();
    await headset.unplug();
    await expectFailure({}, 'ERR_MICROPHONE_MISSING', '.monitor');
    const source = await openMicrophone();
    expect(await source.devices!(never)).toEqual([]);
    await source.close();
  });

  test('that something else holds are busy, and the next of the list is used', async () => {
    await rig.microphone.hold();
    const alone = await openMicrophone({ device: 'desk' });
    const list = await openMicrophone({ device: ['desk', 'headset'] });
    const [failure, ear] = await Promise.all([follow(alone).ended, listen(list)]);
    expect(failure).toMatchObject({ code: 'ERR_MICROPHONE_BUSY', message: expect.stringContaining('3 s') });
    expect(await ear.stop()).toBeUndefined();
    await alone.close();
    await list.close();
    expect(recordersOf(rig)).toEqual([]);
  });

  test('end with the sound server', async () => {
    const source = await openMicrophone();
    const ear = await listen(source);
    await rig.killServer();
    expect(await ear.ended).toMatchObject({ code: 'ERR_MICROPHONE_LOST' });
    expect(ear.heard().length).toBeGreaterThan(0);
    await source.close();
  });

  describe('without what records', () => {
    const path = process.env['PATH'];
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'voiceinput-path-'));
    });
    afterEach(() => {
      process.env['PATH'] = path;
      rmSync(folder, { recursive: true });
    });

    test.each(['parecord', 'arecord', 'node-mic'] as const)('%s is missing', async (recorder) => {
      process.env['PATH'] = folder;
      await expectFailure({ recorder }, 'ERR_RECORDER_MISSING', recorder);
    });

    test('nothing can be recorded or listed', async () => {
      process.env['PATH'] = folder;
      await expectFailure({}, 'ERR_RECORDER_MISSING', 'record here');
      const source = await openMicrophone();
      await expect(source.devices!(never)).rejects.toMatchObject({ code: 'ERR_RECORDER_MISSING' });
      await source.close();
    });

    test('the recorder that does the work says how long a sound takes', async () => {
      const alike = { parecord: 'exit 1', arecord: 'while :; do printf 0123456789; sleep 0.01; done' };
      for (const [name, does] of Object.entries(alike)) {
        writeFileSync(join(folder, name), `#!/bin/sh\necho 'Connection refused' >&2\n${does}\n`);
        chmodSync(join(folder, name), 0o755);
      }
      process.env['PATH'] = `${folder}:${path}`;
      const [alone, auto] = [await openMicrophone({ recorder: 'arecord' }), await openMicrophone()];
      expect(auto.latencyMs).not.toBe(alone.latencyMs);
      const ear = await listen(auto);
      expect(auto.latencyMs).toBe(alone.latencyMs);
      await ear.stop();
      for (const source of [alone, auto]) await source.close();
    });

    test("ALSA's word for a device that is held is understood, and passed on", async () => {
      const words = 'arecord: main:831: audio open error: Device or resource busy';
      writeFileSync(join(folder, 'arecord'), `#!/bin/sh\necho '${words}' >&2\nexit 1\n`);
      chmodSync(join(folder, 'arecord'), 0o755);
      process.env['PATH'] = `${folder}:${path}`;
      await expectFailure({ recorder: 'arecord', device: 'plughw:0' }, 'ERR_MICROPHONE_BUSY', words);
    });
  });

  async function expectFailure(
    options: Parameters<typeof openMicrophone>[0],
    code: string,
    words: string,
  ): Promise<void> {
    const source = await openMicrophone(options);
    const ear = follow(source);
    expect(await ear.ended).toMatchObject({ code, message: expect.stringContaining(words) });
    expect(ear.heard()).toHaveLength(0);
    await source.close();
    expect(recordersOf(rig)).toEqual([]);
  }
});
