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
  }, 60_000);
  afterAll(() => rig.close());

  test('are listed, and no daemon is left behind', async () => {
    const env = { ...rig.env, VOICEINPUT_RUNTIME_DIR: run };
    const running = start(['microphones', '--json'], { folder, env });
    const { stdout, stderr, exitCode } = await running.ended;
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    expect(lines(stdout)).toEqual([expect.arrayContaining([expect.objectContaining({ id: 'headset' })])]);
    expect(running.pids()).toEqual([]);
    expect(existsSync(run)).toBe(false);
  });

  test('are those of the source that is configured for dictation', async () => {
    mkdirSync(join(folder, 'voiceinput'));
    const source = { use: 'source-file', options: { path: '/dev/null' } };
    writeFileSync(join(folder, 'voiceinput', 'config.json'), JSON.stringify({ dictation: { source } }));
    const env = { ...rig.env, VOICEINPUT_RUNTIME_DIR: run };
    const { stdout } = await start(['microphones'], { folder, env }).ended;
    expect(stdout).toBe('No microphone was found.\n');
  });
});
