// What of dictations is listed and found, and what is kept at all.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { History } from '../../src/history/history.ts';
import { idAt } from '../../src/history/id.ts';
import { at, base, clocksAt, DAY_MS, newFolder, open, opened } from './opened.ts';

describe('the history', () => {
  test.skipIf(process.platform === 'win32')('passes over what lies among its recordings and is none', async () => {
    const folder = newFolder();
    const clocks = clocksAt('2026-01-03T10:00:00.000Z');
    const { history } = await open(folder, {}, clocks);
    const recordings = join(folder, 'recordings');
    mkdirSync(join(recordings, 'a-folder.pcm'));
    execFileSync('mkfifo', [join(recordings, 'a-pipe.pcm')]);
    symlinkSync('/dev/zero', join(recordings, 'a-link.pcm'));
    expect(await history.recordings.ids()).toEqual([]);
    clocks.run(60 * DAY_MS);
    await history.sweep();
    expect(readdirSync(recordings)).toHaveLength(3);
  });

  test('gives dictations newest first, page by page, and finds words in draft and text', async () => {
    const { history } = await open(newFolder());
    const days = ['2026-01-01', '2026-01-02', '2026-01-03'].map((day, index) =>
      at(`${day}T10:00:00.000Z`, `Text number ${index}.`, `Draft numbre ${index}.`),
    );
    for (const entry of days) await history.put(entry);
    const ids = async (request: Parameters<History['list']>[0]) => (await history.list(request)).map(({ id }) => id);
    const [first, second, third] = days.map(({ id }) => id);
    expect(await ids({})).toEqual([third, second, first]);
    expect(await ids({ limit: 1 })).toEqual([third]);
    expect(await ids({ before: second })).toEqual([first]);
    expect(await ids({ query: 'NUMBRE 1' })).toEqual([second]);
    expect(await ids({ query: 'nothing' })).toEqual([]);
  });

  test('keeps what is noted of a dictation while it is being stored', async () => {
    const { history } = await open(newFolder());
    const entry = at('2026-01-01T10:00:00.000Z');
    const storing = history.put(entry);
    await history.note(entry.id, { left: 'draft' });
    await storing;
    expect(await history.get(entry.id)).toMatchObject({ text: entry.text, left: 'draft' });
  });

  test('knows a dictation by the beginning of its id, where that is the only one', async () => {
    const { history } = await open(newFolder());
    const [one, other] = [at('2026-01-01T10:00:00.000Z'), at('2026-01-02T10:00:00.000Z')];
    await history.put(one);
    await history.put(other);
    expect((await history.get('20260102')).id).toBe(other.id);
    await expect(history.get('2026')).rejects.toMatchObject({ code: 'ERR_HISTORY_UNKNOWN' });
    await expect(history.get('1999')).rejects.toMatchObject({ code: 'ERR_HISTORY_UNKNOWN' });
    await history.remove('20260102');
    await expect(history.get(other.id)).rejects.toMatchObject({ code: 'ERR_HISTORY_UNKNOWN' });
  });

  test('keeps neither text nor audio where that is switched off', async () => {
    const folder = newFolder();
    const { history } = await open(folder, { keepText: false, keepAudio: false });
    const entry = at('2026-01-01T10:00:00.000Z');
    writeFileSync(history.recordings.pathOf(entry.id), 'audio');
    expect(await history.put(entry)).toMatchObject({ text: 'I read it.', hasAudio: false });
    const [kept] = await history.list({});
    expect(kept).toMatchObject({ id: entry.id, hasAudio: false, audioMs: 1000 });
    expect(kept).not.toHaveProperty('text');
    expect(kept).not.toHaveProperty('draft');
  });

  test('keeps what was said before audio and texts were switched off no longer', async () => {
    const folder = newFolder();
    const before = await open(folder, { textDays: 10_000 });
    const entry = at('2026-01-01T10:00:00.000Z');
    const [read, unread] = [entry.id, idAt(new Date('2026-01-02T10:00:00.000Z'))];
    for (const id of [read, unread]) writeFileSync(before.history.recordings.pathOf(id), 'audio');
    await before.history.put(entry);
    await before.history.close();
    opened.length = 0;
    const { history } = await open(folder, { textDays: 10_000, keepText: false, keepAudio: false });
    await history.sweep();
    expect(await history.list({})).toMatchObject([{ id: read, audioMs: 1000, hasAudio: false }]);
    expect(await history.get(read)).not.toHaveProperty('text');
    expect(await history.recordings.ids()).toEqual([unread]);
  });

  test.skipIf(process.platform === 'win32')('is for its owner only', async () => {
    const folder = newFolder();
    const { history } = await open(folder);
    await history.put(at('2026-01-01T10:00:00.000Z'));
    for (const name of ['.', 'history', 'recordings']) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
  });

  test('that another process has open is refused', async () => {
    const folder = newFolder();
    await open(folder);
    await expect(open(folder)).rejects.toMatchObject({ code: 'ERR_DAEMON_RUNNING' });
  });

  test('where no folder can be is kept in memory, and says why', async () => {
    const file = join(base, 'a-file');
    writeFileSync(file, '');
    const clocks = clocksAt('2026-01-03T10:00:00.000Z');
    const { history } = await open(join(file, 'home'), {}, clocks);
    expect(history.trouble).toMatchObject({
      code: 'ERR_STORAGE',
      message: expect.stringMatching(/until the daemon stops/),
    });
    const [first, second] = ['2026-01-01', '2026-01-02'].map((day) => at(`${day}T10:00:00.000Z`));
    for (const entry of [first!, second!]) await history.put(entry);
    expect((await history.list({})).map(({ id }) => id)).toEqual([second!.id, first!.id]);
    expect(await history.get(first!.id.slice(0, 10))).toMatchObject({ id: first!.id, hasAudio: false });
    await history.remove(first!.id);
    clocks.run(60 * DAY_MS);
    await history.sweep();
    expect(await history.list({})).toEqual([]);
  });
});
