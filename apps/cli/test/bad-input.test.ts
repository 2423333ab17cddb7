import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { errorTable, PARTIAL_EXIT_CODE } from '@voiceinput/plugin-api';
import type { ErrorCode } from '@voiceinput/plugin-api';
import { wavOf } from '@voiceinput/testkit';
import { voiceinput } from './voiceinput/here.ts';
import { lines } from './voiceinput/run.ts';
import type { Ended } from './voiceinput/run.ts';
import { bundled, fixture, ownFolder, withModels } from './voiceinput/scene.ts';

withModels();
const folder = ownFolder();
const CONTROLS = 'escape\u001b[31m\nline\u0007bell\u009b2J\u202eright.wav';

/** Where the smallest WAV header says how long its samples are. */
const DATA_LENGTH_AT = 40;

function wavWith(change: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.from(readFileSync(fixture('formats/s16.wav')));
  change(bytes);
  return bytes;
}

function floatWav(samples: readonly number[]): Buffer {
  const bytes = Buffer.concat([
    Buffer.from(wavOf(new Float32Array(0))),
    Buffer.from(Float32Array.from(samples).buffer),
  ]);
  bytes.writeUInt16LE(3, 20);
  bytes.writeUInt32LE(64_000, 28);
  bytes.writeUInt16LE(4, 32);
  bytes.writeUInt16LE(32, 34);
  bytes.writeUInt32LE(samples.length * 4, DATA_LENGTH_AT);
  return bytes;
}

const bad: readonly [name: string, content: Uint8Array | string | undefined, code: ErrorCode][] = [
  ['empty.wav', '', 'ERR_AUDIO_EMPTY'],
  ['text.wav', 'Dear diary, this is no sound at all. '.repeat(50), 'ERR_AUDIO_FORMAT'],
  ['unknown.xyz', Buffer.alloc(5_000, 7), 'ERR_AUDIO_FORMAT'],
  ['no-samples.wav', Buffer.from(wavOf(new Float32Array(0))), 'ERR_AUDIO_EMPTY'],
  ['nan.wav', floatWav([0, 0.1, Number.NaN, 0.2]), 'ERR_AUDIO_SAMPLES'],
  ['infinite.wav', floatWav([0, 0.1, Number.POSITIVE_INFINITY, 0.2]), 'ERR_AUDIO_SAMPLES'],
  ['missing.wav', undefined, 'ERR_FILE_NOT_FOUND'],
  ['folder.wav', undefined, 'ERR_FILE_NOT_AUDIO'],
  [CONTROLS, undefined, 'ERR_FILE_NOT_FOUND'],
];

describe('files that cannot be heard', () => {
  let run: Ended;
  beforeAll(async () => {
    for (const [name, content] of bad) if (content !== undefined) writeFileSync(join(folder, name), content);
    mkdirSync(join(folder, 'folder.wav'));
    const names = bad.map(([name]) => name);
    run = await voiceinput(['transcribe', ...names, fixture('one-word.flac'), '--json'], { folder });
  });

  test.each(bad)('%j', (name, _content, code) => {
    const told = lines(run.stderr).filter(({ file }) => file === name);
    expect(told).toEqual([
      { type: 'error', code, message: expect.stringMatching(/\w/), hint: expect.stringMatching(/\w/), file: name },
    ]);
  });

  test('do not keep the last file from being heard', () => {
    expect(lines(run.stdout).at(-1)).toMatchObject({ type: 'result', text: expect.stringMatching(/yes/i) });
  });

  test('the exit code is that of the first', () => {
    expect(run.exitCode).toBe(errorTable[bad[0]![2]].exitCode);
  });

  test('nothing in their names acts on a terminal', () => {
    expect(run.stdout + run.stderr).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
  });
});

describe('files that can be heard in part', () => {
  test('a truncated FLAC: what was heard is printed, then a warning', async () => {
    writeFileSync(join(folder, 'truncated.flac'), readFileSync(bundled('sample.flac')).subarray(0, 100_000));
    const run = await voiceinput(['transcribe', 'truncated.flac', CONTROLS], { folder });
    expect(run.stdout).toMatch(/send me the slides/i);
    expect(run.stderr).toMatch(/warning: .*truncated\.flac.* \[ERR_AUDIO_CORRUPT\]\n {2}\w/);
    expect(run.exitCode).toBe(PARTIAL_EXIT_CODE);
    expect(run.stdout + run.stderr).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
  });

  test('a header that claims more than there is: all that is there is heard', async () => {
    writeFileSync(
      join(folder, 'lying.wav'),
      wavWith((bytes) => bytes.writeUInt32LE(400_000_000, bytes.indexOf('data') + 4)),
    );
    const run = await voiceinput(['transcribe', 'lying.wav', '--json'], { folder });
    expect(lines(run.stdout).at(-1)).toMatchObject({ type: 'result', text: expect.stringMatching(/fox/i) });
    expect(lines(run.stderr)).toMatchObject([{ type: 'warning', code: 'ERR_AUDIO_CORRUPT', file: 'lying.wav' }]);
    expect(run.exitCode).toBe(PARTIAL_EXIT_CODE);
  });

  test('a file that may not be read', async ({ skip }) => {
    if (process.getuid?.() === 0) skip('To root, every file is readable.');
    writeFileSync(
      join(folder, 'secret.wav'),
      wavWith(() => undefined),
    );
    chmodSync(join(folder, 'secret.wav'), 0);
    const run = await voiceinput(['transcribe', 'secret.wav', '--json'], { folder });
    expect(lines(run.stderr)).toMatchObject([{ code: 'ERR_FILE_UNREADABLE', file: 'secret.wav' }]);
    expect(run.exitCode).toBe(3);
  });
});
