import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@voiceinput/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { voiceinput } from '../voiceinput/here.ts';
import { lines } from '../voiceinput/run.ts';
import { ownFolder, withModels } from '../voiceinput/scene.ts';
import { eventsOf, nowhere, startDaemon } from './daemon.ts';
import type { Daemon } from './daemon.ts';

withModels();
const folder = ownFolder();
const written = join(folder, 'written.txt');
const append = ['node', '-e', `process.stdin.pipe(fs.createWriteStream(${JSON.stringify(written)}, { flags: 'a' }))`];
let daemon: Daemon;
let client: Client;
beforeAll(async () => {
  const sink = { use: 'sink-exec', options: { command: append } };
  daemon = await startDaemon({ folder, dictation: { sink } });
  client = await daemon.connect();
});
afterAll(async () => {
  client.close();
  daemon.child.kill('SIGTERM');
  await daemon.ended;
});

const command = (...args: string[]) => voiceinput(args, { folder, env: daemon.env });
const says = (code: string) => expect.objectContaining({ code });

describe('a text of the history', () => {
  test('is pasted: the newest, or the one that is named', async () => {
    await expect(client.call('paste', {})).rejects.toEqual(says('ERR_HISTORY_UNKNOWN'));
    const { sessionId } = await client.call('start', { mode: 'toggle', sink: nowhere });
    const { text, draft } = await client.call('result', { sessionId });
    expect(await client.call('paste', {})).toMatchObject({ edit: { kind: 'applied' } });
    await expect.poll(() => readFileSync(written, 'utf8')).toBe(text);
    const pasted = await command('paste', sessionId, '--draft', '--json');
    expect(lines(pasted.stdout)).toMatchObject([{ edit: { kind: 'applied' } }]);
    await expect.poll(() => readFileSync(written, 'utf8')).toBe(`${text}${draft}`);
    expect(await command('paste', 'nobody')).toMatchObject({ exitCode: 2 });
  });

  test('is shown when its dictation is over', async () => {
    const { sessionId } = await client.call('start', { mode: 'toggle', sink: nowhere });
    const { stdout } = await command('history', 'show', sessionId, '--json');
    expect(lines(stdout)).toMatchObject([{ id: sessionId, outcome: 'done' }]);
  });
});

describe('models', () => {
  test('are listed as they are on this machine', async () => {
    const { models } = await client.call('models/list', {});
    expect(models.find(({ id }) => id === 'silero-vad-v6')).toMatchObject({ state: 'ready', kind: 'vad' });
    expect(models.every(({ bytes }) => bytes > 0)).toBe(true);
  });

  test('are fetched; one that nobody knows is an error', async () => {
    expect(await client.call('models/pull', { id: 'silero-vad-v6' })).toEqual({});
    await expect(client.call('models/pull', { id: 'nothing' })).rejects.toEqual(says('ERR_MODEL_UNKNOWN'));
  });
});

describe('commands of plugins', () => {
  test('are listed and done, through the daemon as without it', async () => {
    const { commands } = await client.call('commands/list', {});
    expect(commands).toContainEqual(expect.objectContaining({ plugin: 'post-replacements', id: 'try' }));
    const asked = { plugin: 'post-replacements', id: 'try', arguments: { text: 'as it is' } };
    expect(await client.call('commands/run', asked)).toEqual({ text: 'as it is' });
    const { stdout } = await command('plugins', 'run', 'post-replacements', 'try', '--set', 'text=as it is');
    expect(stdout).toBe('as it is\n');
    expect(lines((await command('plugins', 'run', '--json')).stdout)).toEqual([commands]);
  });

  test('that nobody offers are errors', async () => {
    const asked = { plugin: 'post-replacements', id: 'sing' };
    await expect(client.call('commands/run', asked)).rejects.toEqual(says('ERR_COMMAND_UNKNOWN'));
    expect((await command('plugins', 'run', 'post-replacements', 'try', '--set', 'text')).exitCode).toBe(2);
  });
});

describe('a sink that is named', () => {
  test('has the options that the configuration gives it', async () => {
    const before = readFileSync(written, 'utf8');
    const { sessionId } = await client.call('start', { mode: 'toggle', sink: { use: 'sink-exec' } });
    const { text } = await client.call('result', { sessionId });
    expect(readFileSync(written, 'utf8')).toBe(`${before}${text}`);
  });

  test('with options that it does not have is refused before anybody speaks', async () => {
    const sink = { use: 'sink-exec', options: {} };
    await expect(client.call('start', { sink })).rejects.toEqual(says('ERR_CONFIG_INVALID'));
    await expect(client.call('toggle', { sink })).rejects.toEqual(says('ERR_CONFIG_INVALID'));
    expect((await client.call('status', {})).state).toBe('idle');
  });
});

test('a microphone that cannot be is refused, and nothing is changed', async () => {
  const { source } = await client.call('status', {});
  for (const [wrong, code] of [
    [{ use: 'source-nobody', options: {} }, 'ERR_PLUGIN_NOT_FOUND'],
    [{ use: 'source-microphone', options: { device: 5 } }, 'ERR_CONFIG_INVALID'],
  ] as const) {
    await expect(client.call('set', { source: wrong, hybrid: false })).rejects.toEqual(says(code));
    expect(await client.call('status', {})).toMatchObject({ source, hybrid: true });
  }
});

test('the doctor finds the same as on the command line', async () => {
  const { findings } = await client.call('doctor', {});
  const works = findings.filter(({ state }) => state === 'works').map(({ what }) => what);
  expect(works).toEqual(expect.arrayContaining(['machine', 'configuration', 'models', 'engine']));
  const [alone] = lines((await command('doctor', '--json')).stdout) as unknown as [typeof findings];
  expect(alone.map(({ what, state }) => [what, state])).toEqual(findings.map(({ what, state }) => [what, state]));
});

test('what is set is seen by everybody, until the daemon ends', async () => {
  const events = await eventsOf(client);
  const { stdout } = await command('set-for-now', '--hybrid', 'off', '--json');
  expect(lines(stdout)).toMatchObject([{ hybrid: false, profiles: ['default'] }]);
  await expect.poll(() => events.filter(({ type }) => type === 'settings')).toMatchObject([{ hybrid: false }]);
  expect((await command('set-for-now', '--profile', 'nobody')).stderr).toMatch(/ERR_PROFILE_UNKNOWN/);
  expect(await command('set-for-now')).toMatchObject({ exitCode: 2 });
  expect(await client.call('set', { hybrid: true })).toMatchObject({ hybrid: true });
});
