// Whatever kind of file is to be read, the daemon's answer is that of a program without it.

import { join } from 'node:path';
import type { Client, DaemonEvent } from '@voiceinput/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countingIn } from '../voiceinput/counting.ts';
import { voiceinput } from '../voiceinput/run.ts';
import { fixture, ownFolder, withModels } from '../voiceinput/scene.ts';
import { eventsOf, startDaemon } from './daemon.ts';
import type { Daemon } from './daemon.ts';

withModels();
const folder = ownFolder();
let daemon: Daemon;
let client: Client;
let events: DaemonEvent[];
beforeAll(async () => {
  daemon = await startDaemon({ folder, config: countingIn(folder) });
  client = await daemon.connect();
  events = await eventsOf(client);
});
afterAll(async () => {
  client.close();
  daemon.child.kill('SIGTERM');
  await daemon.ended;
});

const given = { FILE: fixture('one-word.flac'), WAV: fixture('formats/s16.wav') };
/** Programs run one at a time, and events come in order. */
const read = (): number => events.filter(({ type }) => type === 'session-started').length;

// On Windows there is no such shell.
describe.skipIf(process.platform === 'win32')('transcribe', () => {
  test.for([
    ['a file', '"$@"', given.FILE],
    ['a descriptor that the shell opened', '"$@" 3< "$FILE"', '/dev/fd/3'],
    ['a descriptor by its place in /proc', '"$@" 3< "$FILE"', '/proc/self/fd/3'],
    ['a file behind a link', 'ln -sf "$FILE" link.flac; "$@"', 'link.flac'],
    ['an empty file', ': > empty; "$@"', 'empty'],
    ['a text', 'echo hello > text; "$@"', 'text'],
    ['a file of one sample', 'head -c 46 "$WAV" > one.wav; "$@"', 'one.wav'],
  ] as const)('%s is read by the daemon, and answered as it is without one', async ([, script, file]) => {
    const before = read();
    await expectSameAnswers(script, file);
    await expect.poll(read).toBe(before + 1);
  });

  test.for([
    ['a pipe of the shell', '"$@" <(cat "$FILE")', ''],
    ['standard input by its name', 'cat "$FILE" | "$@"', '/dev/stdin'],
    ['standard input that is a pipe', 'cat "$FILE" | "$@"', '-'],
    ['standard input that is a file', '"$@" < "$FILE"', '-'],
    ['a named pipe', 'rm -f pipe; mkfifo pipe; cat "$FILE" > pipe & "$@"', 'pipe'],
    ['a file that is gone but open', 'cp "$FILE" gone.flac; exec 4< gone.flac; rm gone.flac; "$@"', '/dev/fd/4'],
    ['empty standard input', '"$@" < /dev/null', '-'],
    ['a folder', '"$@"', '.'],
    ['a loop of links', 'ln -sf loop loop; "$@"', 'loop'],
    ['a device without end', '"$@"', '/dev/zero'],
  ] as const)('%s, which only its own process has, is answered as it is without a daemon', async ([, script, file]) => {
    const before = read();
    await expectSameAnswers(script, file);
    await client.call('status', {});
    expect(read()).toBe(before);
  });
});

async function expectSameAnswers(script: string, file: string): Promise<void> {
  const within = ['bash', '-c', script, 'bash'];
  const args = ['transcribe', ...(file === '' ? [] : [file])];
  const through = await voiceinput(args, { folder, env: { ...daemon.env, ...given }, within });
  const nobody = { VOICEINPUT_RUNTIME_DIR: join(folder, 'nobody'), ...given };
  expect(through).toEqual(await voiceinput(args, { folder, env: nobody, within }));
  expect(`${through.stdout}${through.stderr}`).not.toBe('');
  expect(through.stderr).not.toContain('ERR_INTERNAL');
}
