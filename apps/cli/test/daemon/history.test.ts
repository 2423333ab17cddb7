// Whether what is kept can be searched, corrected, heard, given away, read by another model and deleted.

import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client, DaemonEvent, HistoryEntry } from '@voiceinput/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { voiceinput } from '../voiceinput/here.ts';
import { ownFolder, withModels } from '../voiceinput/scene.ts';
import { eventsOf, nowhere, startDaemon } from './daemon.ts';
import type { Daemon } from './daemon.ts';

withModels();
const folder = ownFolder();
const programs = join(folder, 'programs');
let daemon: Daemon;
let client: Client;
let events: DaemonEvent[];
let first: HistoryEntry;

const command = (...args: string[]) =>
  voiceinput(args, { folder, env: { ...daemon.env, PATH: `${programs}:${process.env['PATH']}` } });

beforeAll(async () => {
  daemon = await startDaemon({ folder, dictation: { sink: nowhere } });
  client = await daemon.connect();
  events = await eventsOf(client);
}, 120_000);
afterAll(async () => {
  client.close();
  daemon.child.kill('SIGTERM');
  await daemon.ended;
});

test('a dictation is there from its draft on', async () => {
  const { sessionId } = await client.call('start', { mode: 'toggle' });
  await expect.poll(() => events.map(({ type }) => type)).toContain('drafted');
  const { entries } = await client.call('history/list', { query: 'window' });
  expect(entries).toMatchObject([{ id: sessionId, outcome: 'reading', text: expect.stringMatching(/window/i) }]);
  first = await client.call('result', { sessionId });
  const after = await client.call('history/list', {});
  expect(after.entries).toMatchObject([{ id: sessionId, outcome: 'done', text: first.text }]);
});

describe('a dictation that was corrected', () => {
  test('keeps its draft and text beside, and is found by what it should have been', async () => {
    const corrected = await command('history', 'correct', first.id, 'Please open the gate.', '--json');
    const again = await command('history', 'correct', first.id, 'Please open the gate.');
    expect(again).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^1 corrected dictation, 1 with a/) });
    const kept = { draft: first.draft, text: first.text, correction: 'Please open the gate.' };
    expect(JSON.parse(corrected.stdout)).toMatchObject(kept);
    const [found, missed] = await Promise.all([
      command('history', 'search', 'GATE', 'open', '--json'),
      command('history', 'search', 'gate', 'nobody'),
    ]);
    expect(JSON.parse(found.stdout)).toMatchObject([{ id: first.id, ...kept }]);
    expect(missed.stdout).toBe('No dictation contains "gate nobody".\n');
    expect(await client.call('history/list', { corrected: true })).toMatchObject({ entries: [{ id: first.id }] });
  });

  test('becomes data to train with', async () => {
    const made = await command('dataset', 'from-history', '--out', join(folder, 'data'), '--json');
    expect(made).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(made.stdout)).toMatchObject({ added: 1, parts: { train: { clips: 1 } }, leftOut: {} });
    const [line] = readFileSync(join(folder, 'data', 'train', 'metadata.jsonl'), 'utf8').split('\n');
    expect(JSON.parse(line!)).toMatchObject({ text: 'Please open the gate.', source: first.id });
  });

  test('has no correction any more when that is taken away', async () => {
    expect(await client.call('history/correct', { id: first.id, text: '' })).not.toHaveProperty('correction');
    expect(await client.call('history/list', { corrected: true })).toEqual({ entries: [] });
  });
});

test('a recording is played by the program that is there', async () => {
  mkdirSync(programs);
  const heard = join(folder, 'heard.wav');
  writeFileSync(join(programs, 'paplay'), `#!/bin/sh\ncp "$1" ${heard}\n`);
  chmodSync(join(programs, 'paplay'), 0o755);
  const played = await command('history', 'play', first.id, '--json');
  expect(JSON.parse(played.stdout)).toEqual({ id: first.id, player: 'paplay' });
  const wave = readFileSync(heard);
  expect(wave.subarray(0, 4).toString()).toBe('RIFF');
  // 16,000 samples of 2 bytes a second.
  expect((wave.length - 44) / 32).toBeCloseTo(first.audioMs, -1);
});

test('all of it is exported, and nothing is written over', async () => {
  const into = join(folder, 'exported');
  expect(await command('history', 'export', into)).toMatchObject({ exitCode: 0 });
  expect(readdirSync(into).sort()).toEqual([`${first.id}.wav`, 'history.json', 'history.txt']);
  expect(JSON.parse(readFileSync(join(into, 'history.json'), 'utf8'))).toMatchObject([{ id: first.id }]);
  expect(readFileSync(join(into, 'history.txt'), 'utf8')).toContain(first.text);
  const again = await command('history', 'export', into, '--only', 'text');
  expect(again).toMatchObject({ exitCode: 8, stderr: expect.stringMatching(/nothing is written over/) });
});

test('a recording is read again by the model that is named', async () => {
  const retried = await command('history', 'retry', first.id, '--model', 'moonshine-tiny-en', '--json');
  const about = { mode: 'retry', retryOf: first.id, model: 'moonshine-tiny-en', outcome: 'done' };
  expect(JSON.parse(retried.stdout)).toMatchObject(about);
  expect(JSON.parse(retried.stdout)).not.toHaveProperty('refinedMs');
  const unknown = await command('history', 'retry', first.id, '--model', 'moonshine-tiny');
  expect(unknown.stderr).toMatch(/no model "moonshine-tiny" that reads speech.*\n.*moonshine-tiny-en/);
});

describe('deleting all', () => {
  test('wants a yes', async () => {
    expect(await command('history', 'remove', '--all')).toMatchObject({ exitCode: 2, stdout: '' });
    expect(await command('history', 'remove')).toMatchObject({ exitCode: 2 });
    expect((await client.call('history/list', {})).entries).toHaveLength(2);
  });

  test('leaves no text and no recording', async () => {
    await client.call('history/correct', { id: first.id, text: 'Please open the gate.' });
    const corrected = await command('history', 'remove', '--corrected', '--yes', '--json');
    expect(JSON.parse(corrected.stdout)).toMatchObject({ removed: 1 });
    const all = await command('history', 'remove', '--all', '--yes');
    expect(all).toMatchObject({ exitCode: 0, stdout: 'Deleted 1 dictation.\n' });
    expect(await client.call('history/list', {})).toEqual({ entries: [] });
    expect(readdirSync(join(folder, 'voiceinput', 'recordings'))).toEqual([]);
    expect(await client.call('history/size', {})).toMatchObject({ all: { dictations: 0, recordingBytes: 0 } });
  });
});
