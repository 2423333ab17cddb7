// What clients do with a daemon that does not answer.

import { afterAll, expect, test } from 'vitest';
import { countingIn } from '../voiceinput/counting.ts';
import { lines, voiceinput } from '../voiceinput/run.ts';
import { fixture, ownFolder, withModels } from '../voiceinput/scene.ts';
import { nowhere, startDaemon } from './daemon.ts';

withModels();

test.skipIf(process.platform !== 'linux')('a daemon that hangs is told as one, and replaced by restart', async () => {
  const folder = ownFolder();
  const daemon = await startDaemon({ folder, config: countingIn(folder), dictation: { sink: nowhere } });
  const command = (...args: string[]) => voiceinput(args, { folder, env: daemon.env });
  afterAll(async () => {
    await command('quit');
    await daemon.ended;
  });
  daemon.child.kill('SIGSTOP');
  const [status, second, transcribed, doctor] = await Promise.all([
    command('status'),
    command('serve'),
    command('transcribe', fixture('one-word.flac')),
    command('doctor', '--json'),
  ]);
  for (const { exitCode, stderr } of [status, second])
    expect([exitCode, stderr]).toEqual([9, expect.stringMatching(/ERR_DAEMON_TIMEOUT[^]*voiceinput restart/)]);
  expect(transcribed).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/\w/), stderr: '' });
  expect(lines(doctor.stdout)[0]).toContainEqual(
    expect.objectContaining({ what: 'daemon', state: 'broken', fix: 'Restart it with: voiceinput restart' }),
  );
  const { stdout, exitCode } = await command('restart', '--json');
  expect(exitCode).toBe(0);
  const [{ pid }] = lines(stdout) as [{ pid: number }];
  expect(pid).not.toBe(daemon.child.pid);
  expect((await command('status')).exitCode).toBe(0);
});
