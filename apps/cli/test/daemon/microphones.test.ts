import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { missingForSoundRig, openSoundRig } from '@voiceinput/rig/sound';
import type { SoundRig } from '@voiceinput/rig/sound';
import { describeUnless } from '@voiceinput/rig/unless';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lines, start } from '../voiceinput/run.ts';
import { ownFolder } from '../voiceinput/scene.ts';

const missing = missingForSoundRig('parecord');
if (missing !== undefined) console.log(`skipped: ${missing}`);

describeUnless(missing)('microphones without a daemon', () => {
  const folder = ownFolder();
  const run = join(folder, 'run');
  let rig: SoundRig;
  beforeAll(async () => {
    rig = await openSoundRig();
    await rig.addMicrophone({ id: 'headset', name: 'Headset', rateHz: 44_100 });
  });
  afterAll(() => rig.close());

  test('are listed, and no daemon is left behind', async () => {
    const env = { ...rig.env, VOICEINPUT_RUNTIME_DIR: run };
    const running = start(['microphones', '--json'], { folder, env });
    const { stdout, stderr, exitCode } = await running.ended;
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    expect(lines(stdout)).toEqual([expect.arrayContaining([expect.objectContaining({ id: 'headset', inUse: false })])]);
    expect(running.pids()).toEqual([]);
    expect(existsSync(run)).toBe(false);
  });

  test('are listed with the one that is in use, whichever the system prefers', async () => {
    const env = { ...rig.env, VOICEINPUT_RUNTIME_DIR: run };
    const voiceinput = (...args: string[]) => start(args, { folder, env }).ended;
    await voiceinput('config', 'set', 'dictation.source.options.device', 'Headset');
    expect((await voiceinput('microphones')).stdout).toMatch(/^headset +Headset +in use$/m);
    await voiceinput('config', 'set', 'dictation.source.options.device', 'Nobody');
    const { stdout, stderr } = await voiceinput('microphones');
    expect(stdout).not.toContain('in use');
    expect(stderr).toContain('None of these is there: "Nobody".');
  });

  test('are those of the source that is configured for dictation', async () => {
    mkdirSync(join(folder, 'voiceinput'), { recursive: true });
    const source = { use: 'source-file', options: { path: '/dev/null' } };
    writeFileSync(join(folder, 'voiceinput', 'config.json'), JSON.stringify({ dictation: { source } }));
    const env = { ...rig.env, VOICEINPUT_RUNTIME_DIR: run };
    const { stdout } = await start(['microphones'], { folder, env }).ended;
    expect(stdout).toBe('No microphone was found.\n');
  });
});
