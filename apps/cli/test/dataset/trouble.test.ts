// What goes wrong while a data set is made costs no more than what is broken: it is named, and the rest is whole.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describeUnless } from '@voiceinput/rig/unless';
import { expect, test, vi } from 'vitest';
import { voiceinput } from '../voiceinput/here.ts';
import { start, voiceinput as voiceinputApart } from '../voiceinput/run.ts';
import { ownFolder } from '../voiceinput/scene.ts';

const base = ownFolder();
const CLIPS = Number(process.env['VOICEINPUT_DATASET_CLIPS'] ?? 24);
const KILLS = Number(process.env['VOICEINPUT_DATASET_KILLS'] ?? 2);
const RATES_HZ = [8000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000];

/** A tone of a second or so, in 16 bits. */
function wav(index: number, rateHz: number): Buffer {
  const count = Math.round(rateHz * (0.6 + (index % 5) / 10));
  const bytes = Buffer.alloc(44 + 2 * count);
  bytes.write('RIFF');
  bytes.writeUInt32LE(36 + 2 * count, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(rateHz, 24);
  bytes.writeUInt32LE(2 * rateHz, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(2 * count, 40);
  for (let at = 0; at < count; at++) {
    const tone = 8000 * Math.sin((2 * Math.PI * (300 + index) * at) / rateHz);
    bytes.writeInt16LE(Math.round(tone), 44 + 2 * at);
  }
  return bytes;
}

/** Files that are called recordings and are none, or say what cannot be. */
const BROKEN: readonly ((whole: Buffer) => Buffer)[] = [
  () => Buffer.alloc(0),
  (whole) => whole.subarray(0, 30),
  () => Buffer.from('This is no recording.\n'.repeat(20)),
  (whole) => Buffer.from(whole.map((byte, at) => (at >= 24 && at < 28 ? 0 : byte))),
  (whole) => Buffer.from(whole.map((byte, at) => (at >= 24 && at < 28 ? 255 : byte))),
  (whole) => Buffer.from(whole.map((byte, at) => (at < 44 ? (byte * 7 + at) % 256 : byte))),
];

/** Four speakers; a broken file now and then. */
function recordings(count: number, brokenEvery = Infinity): { source: string; broken: string[] } {
  const source = mkdtempSync(join(base, 'recordings-'));
  const broken: string[] = [];
  for (let index = 0; index < count; index++) {
    const speaker = `speaker-${index % 4}`;
    mkdirSync(join(source, speaker), { recursive: true });
    const name = `${speaker}/${String(index).padStart(5, '0')}.wav`;
    const whole = wav(index, RATES_HZ[index % RATES_HZ.length]!);
    const isBroken = index % brokenEvery === brokenEvery - 1;
    if (isBroken) broken.push(name);
    writeFileSync(join(source, name), isBroken ? BROKEN[broken.length % BROKEN.length]!(whole) : whole);
    writeFileSync(join(source, name.replace(/wav$/, 'txt')), `Sentence number ${index}.`);
  }
  return { source, broken };
}

const asked = (source: string, out: string): string[] => ['dataset', 'from-folder', source, '--out', out, '--json'];

interface Line {
  readonly file_name: string;
  readonly source: string;
  readonly duration_ms: number;
}

/** The lines of all parts. Each names a file that is there, and no file is there that none names. */
function linesIn(out: string): Line[] {
  return ['train', 'validation', 'test'].flatMap((part) => {
    if (!existsSync(join(out, part))) return [];
    const text = readFileSync(join(out, part, 'metadata.jsonl'), 'utf8');
    const lines = text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Line);
    const files = readdirSync(join(out, part)).filter((name) => name !== 'metadata.jsonl');
    expect(files.toSorted()).toEqual(lines.map(({ file_name }) => file_name).toSorted());
    return lines;
  });
}

test(`of ${CLIPS} recordings the broken ones are named, the others are there, whatever their sample rate`, async () => {
  const { source, broken } = recordings(CLIPS, 7);
  const out = join(base, 'many');
  const { stdout, stderr, exitCode } = await voiceinput(asked(source, out), { folder: base });
  expect(exitCode, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ added: CLIPS - broken.length, leftOut: { broken: broken.length } });
  for (const name of broken) expect(stderr).toContain(name);
  const lines = linesIn(out);
  expect(lines).toHaveLength(CLIPS - broken.length);
  for (const { source: name, duration_ms: durationMs } of lines) {
    const index = Number(basename(name, '.wav'));
    expect(Math.abs(durationMs - (600 + (index % 5) * 100))).toBeLessThanOrEqual(5);
  }
});

/** Clips, also such as no line names yet. */
const written = (out: string): number =>
  existsSync(out) ? readdirSync(out, { recursive: true }).filter((name) => String(name).endsWith('.flac')).length : 0;

test(`killed ${KILLS} times at any instant and started again, it ends as if it had not been`, async () => {
  const count = 24;
  const { source } = recordings(count);
  const out = join(base, 'killed');
  for (let kill = 0; kill < KILLS; kill++) {
    const running = start(asked(source, out), { folder: base });
    let hasEnded = false;
    void running.ended.then(() => (hasEnded = true));
    // In the middle of whatever comes after so many clips.
    const wanted = Math.floor(((kill + 1) * count) / (KILLS + 1));
    await vi.waitUntil(() => hasEnded || written(out) >= wanted, { timeout: 60_000, interval: 5 });
    running.child.kill('SIGKILL');
    await running.ended;
  }
  const { stdout, exitCode } = await voiceinput(asked(source, out), { folder: base });
  expect(exitCode).toBe(0);
  const { added, there } = JSON.parse(stdout) as { added: number; there: number };
  expect(added + there).toBe(count);
  expect(new Set(linesIn(out).map((line) => line.source)).size).toBe(count);
});

const MOUNTING = ['unshare', '--map-root-user', '--mount', 'sh', '-c'];
const noMounts = spawnSync(MOUNTING[0]!, [...MOUNTING.slice(1), 'mount -t tmpfs none /mnt']).status !== 0;

describeUnless(noMounts ? 'This machine lets nobody mount a small disk.' : undefined)('on a full disk', () => {
  test('it says so and stops; with more room the same command goes on', async () => {
    const { source } = recordings(24);
    const out = mkdtempSync(join(base, 'disk-'));
    const script = [
      `mount -t tmpfs -o size=200k none '${out}'`,
      '"$@"',
      'echo "ended with $?" >&2',
      `mount -o remount,size=20m '${out}'`,
      'exec "$@"',
    ].join('; ');
    const { stdout, stderr, exitCode } = await voiceinputApart(asked(source, out), {
      folder: base,
      within: [...MOUNTING, script, 'sh'],
    });
    expect(stderr).toMatch(/ERR_STORAGE/);
    expect(stderr).toMatch(/ENOSPC/);
    expect(stderr).toMatch(/ended with [1-9]/);
    expect(exitCode, stderr).toBe(0);
    const { added, there } = JSON.parse(stdout) as { added: number; there: number };
    expect(added + there).toBe(24);
    expect(there).toBeGreaterThan(0);
  });
});
