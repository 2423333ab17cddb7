import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@voiceinput/client';
import { missingForSoundRig, openSoundRig } from '@voiceinput/rig/sound';
import type { SoundRig, VirtualMicrophone } from '@voiceinput/rig/sound';
import { describeUnless } from '@voiceinput/rig/unless';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { voiceinput } from '../voiceinput/here.ts';
import { fixture, ownFolder, withModels } from '../voiceinput/scene.ts';
import { eventsOf, nowhere, startDaemon } from './daemon.ts';
import type { Daemon } from './daemon.ts';

withModels();
const missing = missingForSoundRig('parecord');
if (missing !== undefined) console.log(`skipped: ${missing}`);
/** So long nobody speaks before it is said that the microphone may be muted. */
const MUTED_MS = 2_500;

describeUnless(missing)('a microphone of the daemon', () => {
  const folder = ownFolder();
  let rig: SoundRig;
  let headset: VirtualMicrophone;
  let daemon: Daemon;
  let client: Client;

  beforeAll(async () => {
    rig = await openSoundRig();
    headset = await rig.addMicrophone({ id: 'headset', name: 'Headset', rateHz: 44_100 });
    const source = { use: 'source-microphone', options: { device: 'desk', preRollMs: 100 } };
    daemon = await startDaemon({ folder, env: rig.env, dictation: { source, mode: 'toggle', sink: nowhere } });
    client = await daemon.connect();
  });
  afterAll(async () => {
    client.close();
    daemon.child.kill('SIGTERM');
    await daemon.ended;
    await rig.close();
  });

  /** What is dictated while `meanwhile` runs. */
  async function dictate(meanwhile: () => Promise<unknown>) {
    const events = await eventsOf(client);
    const { sessionId } = await client.call('start', {});
    await expect.poll(() => events.some(({ type }) => type === 'audio-started')).toBe(true);
    await meanwhile();
    await client.call('stop', {});
    return client.call('result', { sessionId });
  }

  /** The devices that something records from. */
  const recorded = (): string[] =>
    daemon
      .pids()
      .map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0'))
      .flatMap(([program, ...args]) =>
        program === 'parecord' ? (args.find((arg) => arg.startsWith('--device')) ?? []) : [],
      );

  test('that is muted says so', async () => {
    await rig.microphone.mute();
    const entry = await dictate(() => sleep(MUTED_MS));
    expect(entry).toMatchObject({ outcome: 'failed', error: { code: 'ERR_MICROPHONE_MUTED' } });
    await rig.microphone.unmute();
  });

  test('that another one takes the place of is let go of, though it stays open for its pre-roll', async () => {
    expect(recorded()).toEqual(['--device=desk']);
    const { source, lanes } = await client.call('status', {});
    expect(lanes).toMatchObject({ fast: { use: expect.stringMatching(/^runner-/) } });
    await client.call('set', { source: { ...source, options: { ...source.options, device: 'headset' } } });
    await expect.poll(recorded).toEqual([]);
  });

  test('that is not there cannot be chosen; those that are there are named', async () => {
    const { stdout, stderr, exitCode } = await voiceinput(['set-for-now', '--microphone', 'nope'], {
      folder,
      env: daemon.env,
    });
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 3 });
    expect(stderr).toMatch(/^error: Unknown microphone: "nope"\. .*"headset" \(Headset\).*\[ERR_MICROPHONE_MISSING\]/);
    expect((await client.call('status', {})).source.options).toMatchObject({ device: 'headset' });
  });

  test('is chosen by its name too, and the status says which', async () => {
    const set = await voiceinput(['set-for-now', '--microphone', 'Headset'], { folder, env: daemon.env });
    expect(set.stdout).toMatch(/^from +source-microphone, Headset$/m);
    expect((await voiceinput(['set-for-now', '--microphone', 'headset'], { folder, env: daemon.env })).exitCode).toBe(
      0,
    );
  });

  test('that has 44 100 Hz only is heard like any other', async () => {
    const entry = await dictate(() => headset.say(fixture('two-sentences.flac')));
    expect(entry).toMatchObject({ outcome: 'done', text: expect.stringMatching(/Please .* here/) });
    expect(recorded()).toEqual(['--device=headset']);
  });

  test('that is not there is found by the doctor', async () => {
    const about = async () => (await client.call('doctor', {})).findings.find(({ what }) => what === 'microphone');
    expect(await about()).toMatchObject({ state: 'works', detail: 'Headset (source-microphone)' });
    await headset.unplug();
    expect(await about()).toMatchObject({ state: 'limited', detail: expect.stringContaining('"headset"') });
  });
});
