import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { HistoryEntry } from '@voiceinput/client';
import type { HistorySettings } from '@voiceinput/engine';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openHistory } from '../src/history/history.ts';
import type { History } from '../src/history/history.ts';
import { idAt, newId } from '../src/history/id.ts';
import { ownFolder } from './voiceinput/scene.ts';

const base = ownFolder();
const DAMAGES = Number(process.env['VOICEINPUT_STORE_DAMAGES'] ?? 40);
const SEED = Number(process.env['VOICEINPUT_PROPERTY_SEED'] ?? 1);
const opened: History[] = [];
afterEach(async () => {
  for (const history of opened.splice(0)) await history.close();
});
let count = 0;
const newFolder = (): string => join(base, `home-${(count += 1)}`);

async function open(folder: string, settings: Partial<HistorySettings> = {}) {
  const warnings: VoiceInputError[] = [];
  const all = { keepText: true, keepAudio: true, textDays: 30, audioHours: 24, ...settings };
  const history = await openHistory({ folder, settings: all, warn: (error) => warnings.push(error) });
  opened.push(history);
  return { history, warnings };
}

const at = (iso: string, text = 'I read it.', draft = 'I red it.'): HistoryEntry => ({
  id: idAt(new Date(iso)),
  startedAt: iso,
  endedAt: iso,
  mode: 'hold',
  label: 'microphone',
  profile: 'default',
  outcome: 'done',
  draft,
  text,
  edits: [],
  audioMs: 1000,
  hasAudio: true,
});

const later = new Date('2026-03-01T10:00:00.000Z');

describe('the history', () => {
  test.skipIf(process.platform === 'win32')('passes over what lies among its recordings and is none', async () => {
    const folder = newFolder();
    const { history } = await open(folder);
    const recordings = join(folder, 'recordings');
    mkdirSync(join(recordings, 'a-folder.pcm'));
    execFileSync('mkfifo', [join(recordings, 'a-pipe.pcm')]);
    symlinkSync('/dev/zero', join(recordings, 'a-link.pcm'));
    expect(await history.recordings.ids()).toEqual([]);
    for (const name of ['a-folder.pcm', 'a-pipe.pcm']) utimesSync(join(recordings, name), 0, 0);
    await history.sweep(later);
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

  test('forgets texts and audio when their time is over, each its own', async () => {
    const { history } = await open(newFolder(), { textDays: 30, audioHours: 24 });
    const now = new Date('2026-03-01T10:00:00.000Z');
    const entries = ['2026-01-01', '2026-02-20', '2026-03-01'].map((day) => at(`${day}T09:00:00.000Z`));
    for (const entry of entries) {
      const path = history.recordings.pathOf(entry.id);
      writeFileSync(path, 'audio');
      utimesSync(path, new Date(entry.endedAt), new Date(entry.endedAt));
      await history.put(entry);
    }
    await history.sweep(now);
    expect((await history.list({})).map(({ id, hasAudio }) => [id, hasAudio])).toEqual([
      [entries[2]!.id, true],
      [entries[1]!.id, false],
    ]);
    expect(await history.recordings.ids()).toEqual([entries[2]!.id]);
  });

  test.each([
    ['removed', {}, (history: History, id: string) => history.remove(id)],
    ['older than they may be', { textDays: 1 }, (history: History) => history.sweep(later)],
    ['not to be kept any more', { keepText: false }, (history: History) => history.sweep(later)],
  ] as const)('leaves no word in any file of dictations that are %s', async (_how, settings, forget) => {
    const folder = newFolder();
    const filesWith = (word: string): string[] => {
      const place = join(folder, 'history');
      return readdirSync(place).filter((name) => readFileSync(join(place, name)).includes(word));
    };
    const before = ['Zugzwang', 'Quetzalcoatl'];
    for (const words of before) {
      const { history } = await open(folder, { textDays: 10_000 });
      await history.put(at('2026-01-01T10:00:00.000Z', `I play the ${words}.`, `I pray the ${words}.`));
      await history.close();
    }
    opened.length = 0;
    const { history } = await open(folder, { textDays: 10_000, ...settings });
    await history.put(at('2026-01-02T10:00:00.000Z', 'Wombats burrow.', 'Wombats borrow.'));
    expect(before.every((word) => filesWith(word).length > 0)).toBe(true);
    for (const { id } of await history.list({})) await forget(history, id);
    expect([...before, 'Wombats'].flatMap(filesWith)).toEqual([]);
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
    await history.sweep(new Date(Date.now() + 1_000));
    expect(await history.list({})).toMatchObject([{ id: read, audioMs: 1000, hasAudio: false }]);
    expect(await history.get(read)).not.toHaveProperty('text');
    expect(await history.recordings.ids()).toEqual([unread]);
  });

  test('never forgets a recording that was not read yet, however old it is', async () => {
    const { history } = await open(newFolder(), { audioHours: 1 });
    const { id } = at('2026-01-01T09:00:00.000Z');
    const path = history.recordings.pathOf(id);
    writeFileSync(path, 'audio');
    utimesSync(path, new Date('2026-01-01T09:00:00.000Z'), new Date('2026-01-01T09:00:00.000Z'));
    await history.sweep(new Date('2026-03-01T10:00:00.000Z'));
    expect(await history.recordings.ids()).toEqual([id]);
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

  test('that cannot be read is copied aside, and goes on with what can be recovered', async () => {
    const folder = newFolder();
    await written(folder, 1);
    const place = join(folder, 'history');
    for (const name of readdirSync(place)) if (!name.startsWith('LOCK')) writeFileSync(join(place, name), 'broken');
    const { history, warnings } = await open(folder);
    expect(warnings).toMatchObject([{ code: 'ERR_STORAGE', hint: expect.stringMatching(/history\.broken-/) }]);
    await history.put(at('2026-01-02T10:00:00.000Z'));
    expect(await history.list({})).toHaveLength(1);
    const aside = (): string[] => readdirSync(folder).filter((name) => name.startsWith('history.broken-'));
    await history.sweep(new Date());
    expect(aside()).toHaveLength(1);
    // Its texts are no younger than the day on which it was set aside.
    await history.sweep(new Date(Date.now() + 31 * 86_400_000));
    expect(aside()).toEqual([]);
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['history', 'recordings']));
  });

  test.for(['CURRENT', 'MANIFEST'])('whose %s is gone gets all of its dictations back', async (missing) => {
    const folder = newFolder();
    const ids = await written(folder, 4);
    const place = join(folder, 'history');
    for (const name of readdirSync(place)) if (name.startsWith(missing)) rmSync(join(place, name));
    const { history, warnings } = await open(folder);
    expect((await history.list({})).map(({ id }) => id).toSorted()).toEqual(ids);
    expect(warnings).toMatchObject([{ message: expect.stringMatching(/4 dictations could be recovered/) }]);
  });

  test(`that is damaged at any place opens, and keeps what comes then (${DAMAGES} places, seed ${SEED})`, async () => {
    const whole = newFolder();
    const ids = await written(whole, 6);
    const names = readdirSync(join(whole, 'history')).filter((name) => name !== 'LOCK');
    const damage = fc.record({
      name: fc.constantFrom(...names),
      how: fc.constantFrom('remove', 'truncate', 'flip'),
      place: fc.nat(100_000),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ name, how, place }) => {
        const folder = newFolder();
        cpSync(whole, folder, { recursive: true });
        hurt(join(folder, 'history', name), how, place);
        const { history } = await open(folder);
        await history.put(at('2027-01-01T10:00:00.000Z', 'New.'));
        const found = await history.list({ limit: 100 });
        expect(found[0]).toMatchObject({ text: 'New.' });
        for (const { id } of found.slice(1)) expect(ids).toContain(id);
        await history.close();
        opened.length = 0;
        rmSync(folder, { recursive: true });
      }),
      { numRuns: DAMAGES, seed: SEED },
    );
  }, 600_000);

  test('where no folder can be is kept in memory, and says why', async () => {
    const file = join(base, 'a-file');
    writeFileSync(file, '');
    const { history } = await open(join(file, 'home'));
    expect(history.trouble).toMatchObject({
      code: 'ERR_STORAGE',
      message: expect.stringMatching(/until the daemon stops/),
    });
    const [first, second] = ['2026-01-01', '2026-01-02'].map((day) => at(`${day}T10:00:00.000Z`));
    for (const entry of [first!, second!]) await history.put(entry);
    expect((await history.list({})).map(({ id }) => id)).toEqual([second!.id, first!.id]);
    expect(await history.get(first!.id.slice(0, 10))).toMatchObject({ id: first!.id, hasAudio: false });
    await history.remove(first!.id);
    await history.sweep(later);
    expect(await history.list({})).toEqual([]);
  });
});

/** A closed history with so many dictations, partly in tables. Gives their IDs. */
async function written(folder: string, count: number): Promise<string[]> {
  const { history } = await open(folder);
  const entries = Array.from({ length: count }, (_, index) =>
    at(`2026-01-0${index + 1}T10:00:00.000Z`, 'word '.repeat(400)),
  );
  for (const entry of entries) await history.put(entry);
  await history.close();
  // Opened once more, what was in the log is in a table.
  await (await open(folder)).history.close();
  opened.length = 0;
  return entries.map(({ id }) => id);
}

function hurt(path: string, how: 'remove' | 'truncate' | 'flip', place: number): void {
  if (how === 'remove') return rmSync(path);
  const bytes = readFileSync(path);
  if (bytes.length === 0) return;
  const at = place % bytes.length;
  if (how === 'truncate') return writeFileSync(path, bytes.subarray(0, at));
  for (let index = at; index < Math.min(at + 60, bytes.length); index += 1) bytes[index]! ^= 0xff;
  writeFileSync(path, bytes);
}

test('dictations are named in the order in which they begin, also when the clock is put back', () => {
  vi.useFakeTimers();
  const ids = ['2026-01-01T10:00:00.000Z', '2026-01-01T10:00:00.000Z', '2026-01-01T09:00:00.000Z'].map((now) => {
    vi.setSystemTime(now);
    return newId();
  });
  vi.useRealTimers();
  expect(ids.toSorted()).toEqual(ids);
});
