import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DaemonEvent } from '@voiceinput/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { voiceinput } from '../voiceinput/here.ts';
import { lines, voiceinput as inOwnProcess } from '../voiceinput/run.ts';
import { fixture, ownFolder, withModels } from '../voiceinput/scene.ts';
import { eventsOf, nowhere, startDaemon } from './daemon.ts';
import type { Daemon } from './daemon.ts';

withModels();
const folder = ownFolder();
let daemon: Daemon;
beforeAll(async () => {
  daemon = await startDaemon({ folder });
});
afterAll(async () => {
  daemon.child.kill('SIGTERM');
  await daemon.ended;
});

const command = (...args: string[]) => voiceinput(args, { folder, env: daemon.env });

describe('a dictation through the daemon', () => {
  test('is recorded, read twice and remembered, and its audio is kept', async () => {
    const client = await daemon.connect();
    const events = await eventsOf(client);
    const { sessionId } = await client.call('start', { mode: 'toggle', sink: nowhere });
    expect((await client.call('status', {})).recording?.sessionId).toBe(sessionId);
    const entry = await client.call('result', { sessionId });
    expect(entry).toMatchObject({ id: sessionId, outcome: 'done', mode: 'toggle', hasAudio: true });
    expect(entry.text).toMatch(/\w{3}/);
    const stages = events.flatMap(({ type, stage }) => (type === 'text' ? [stage] : []));
    expect(stages).toContain('draft');
    expect(stages).toContain('refined');
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => events[0]!.seq + index));
    const pcm = readFileSync(join(folder, 'voiceinput', 'recordings', `${sessionId}.pcm`));
    expect(Math.round(pcm.length / 32)).toBe(entry.audioMs);
    const { entries } = await client.call('history/list', { limit: 1 });
    expect(entries).toEqual([entry]);
    client.close();
  });

  test('ends at the release, not with the audio', async () => {
    const client = await daemon.connect();
    const events = await eventsOf(client);
    const { sessionId } = await client.call('start', { sink: nowhere });
    await expect.poll(() => events.some(({ type }) => type === 'speech-started')).toBe(true);
    expect(await client.call('stop', {})).toEqual({ sessionId });
    const entry = await client.call('result', { sessionId });
    expect(entry.audioMs).toBeLessThan(2_500);
    expect(await client.call('stop', {})).toEqual({});
    client.close();
  });

  test('that is cancelled leaves neither text nor audio', async () => {
    const client = await daemon.connect();
    const events = await eventsOf(client);
    const { sessionId } = await client.call('start', { sink: nowhere });
    await expect.poll(() => events.some(({ type }) => type === 'speech-started')).toBe(true);
    expect(await client.call('cancel', {})).toEqual({ sessionId });
    expect(await client.call('result', { sessionId })).toMatchObject({ outcome: 'cancelled', hasAudio: false });
    expect(existsSync(join(folder, 'voiceinput', 'recordings', `${sessionId}.pcm`))).toBe(false);
    client.close();
  });

  test('begins while the one before is still being read; two triggers at once begin one', async () => {
    const client = await daemon.connect();
    const first = await client.call('start', { sink: nowhere });
    const [again, toggled] = await Promise.all([
      client.call('start', { sink: nowhere }),
      client.call('status', {}).then(({ recording }) => recording),
    ]);
    expect(again).toEqual(first);
    expect(toggled).toEqual(first);
    await client.call('stop', {});
    await expect.poll(async () => (await client.call('status', {})).recording).toBeUndefined();
    const second = await client.call('start', { sink: nowhere });
    expect(second.sessionId > first.sessionId).toBe(true);
    await client.call('cancel', {});
    await client.call('result', { sessionId: first.sessionId });
    await client.call('result', { sessionId: second.sessionId });
    client.close();
  });

  test('a tap of a tenth of a second gives no text, no error and leaves the daemon ready', async () => {
    const client = await daemon.connect();
    for (let tap = 0; tap < 5; tap += 1) {
      const { sessionId } = await client.call('start', { sink: nowhere });
      await client.call('stop', {});
      const { outcome, error } = await client.call('result', { sessionId });
      expect({ outcome, error }).toEqual({ outcome: 'no-speech', error: undefined });
    }
    expect((await client.call('status', {})).state).toBe('idle');
    client.close();
  });

  test('into a sink that does not open is kept in the history, and the daemon says why', async () => {
    const client = await daemon.connect();
    const events = await eventsOf(client);
    const { sessionId } = await client.call('start', { sink: { use: 'sink-clipboard', options: {} } });
    const entry = await client.call('result', { sessionId });
    expect(entry).toMatchObject({ outcome: 'failed', error: { code: 'ERR_DISPLAY_MISSING' }, hasAudio: true });
    expect(entry.text).toMatch(/\w{3}/);
    expect(await client.call('history/list', { limit: 1 })).toEqual({ entries: [entry] });
    expect(events.find(({ type }) => type === 'warning')).toMatchObject({ error: { code: 'ERR_DISPLAY_MISSING' } });
    client.close();
  });

  test('into a sink that there is not is refused before anybody speaks', async () => {
    const client = await daemon.connect();
    const sink = { use: 'sink-nope', options: {} };
    await expect(client.call('start', { sink })).rejects.toMatchObject({ code: 'ERR_PLUGIN_NOT_FOUND' });
    await expect(client.call('toggle', { sink })).rejects.toMatchObject({ code: 'ERR_PLUGIN_NOT_FOUND' });
    expect((await client.call('status', {})).state).toBe('idle');
    client.close();
  });

  test('can be read once more from its recording', async () => {
    const client = await daemon.connect();
    const { sessionId } = await client.call('start', { sink: nowhere });
    const entry = await client.call('result', { sessionId });
    const again = await client.call('history/retry', { id: sessionId });
    expect(again).toMatchObject({ mode: 'retry', retryOf: sessionId, audioMs: entry.audioMs });
    expect(again.text).toMatch(/\w{3}/);
    expect(await client.call('history/remove', { id: sessionId })).toEqual({ damagedCopies: 0 });
    await expect(client.call('history/retry', { id: sessionId })).rejects.toMatchObject({
      code: 'ERR_HISTORY_UNKNOWN',
    });
    client.close();
  });
});

test('who was away gets the events that came meanwhile, without words unless asked', async () => {
  const first = await daemon.connect();
  const before = (await first.call('watch', {})).seq;
  first.close();
  const worker = await daemon.connect();
  const { sessionId } = await worker.call('start', { sink: nowhere });
  await worker.call('result', { sessionId });
  for (const text of [true, false]) {
    const back = await daemon.connect();
    const events: DaemonEvent[] = [];
    back.onEvent((event) => events.push(event));
    const { seq } = await back.call('watch', { after: before, text });
    await expect.poll(() => events.length).toBeGreaterThanOrEqual(seq - before);
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => before + 1 + index));
    const words = events.filter((event) => event.type === 'text' && typeof event['text'] === 'string');
    expect(words.length > 0).toBe(text);
    back.close();
  }
  worker.close();
});

describe('commands', () => {
  test('status, history and toggle say the same to people and programs', async () => {
    const status = await command('status', '--json');
    expect(lines(status.stdout)).toMatchObject([{ state: 'idle', hybrid: true, key: { name: '' } }]);
    expect((await command('status')).stdout).toMatch(/^state +idle$/m);
    const toggled = await command('toggle', '--json');
    expect(lines(toggled.stdout)).toMatchObject([{ recording: { mode: 'toggle' } }]);
    expect((await command('cancel')).stdout).toMatch(/^Cancelled /);
    const begun = await command('start', '--hands-free', '--sink', 'nowhere', '--json');
    expect(lines(begun.stdout)).toMatchObject([{ mode: 'hands-free' }]);
    expect((await command('cancel')).exitCode).toBe(0);
    expect(await command('toggle', '--sink', 'no-such')).toMatchObject({ exitCode: 5, stdout: '' });
    const { sessionId } = lines(begun.stdout)[0]!;
    const undone = await command('undo', String(sessionId), '--json');
    expect(lines(undone.stdout)).toEqual([{ sessionId, edits: [] }]);
    expect((await command('history', '--limit', '3')).exitCode).toBe(0);
  });

  test('a file that is read by the daemon gives the same lines as without it', async () => {
    const file = fixture('two-sentences.flac');
    const timeless = (output: string): object[] =>
      lines(output).map(({ draftMs: _draft, refinedMs: _refined, ...line }) => line);
    const through = await command('transcribe', file, '--json');
    const alone = await voiceinput(['transcribe', file, '--json'], {
      folder,
      env: { VOICEINPUT_RUNTIME_DIR: join(folder, 'nobody') },
    });
    expect(timeless(through.stdout)).toEqual(timeless(alone.stdout));
    expect(through.stderr).toBe(alone.stderr);
    expect(await command('transcribe', join(folder, 'no.wav'))).toMatchObject({ exitCode: 3, stdout: '' });
  });

  test('a second daemon says that there is one', async () => {
    const { exitCode, stderr } = await inOwnProcess(['serve'], { folder, env: daemon.env });
    expect(exitCode).toBe(9);
    expect(stderr).toMatch(/ERR_DAEMON_RUNNING/);
  });
});
