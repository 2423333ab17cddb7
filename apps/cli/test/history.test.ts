import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HistoryEntry } from '@voiceinput/client';
import type { HistorySettings } from '@voiceinput/engine';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Clocks } from '../src/history/clock.ts';
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

/** A date and a stop watch that only the test moves. */
function clocksAt(iso: string) {
  const time = { dateMs: Date.parse(iso), ownMs: 0 };
  return {
    dateMs: () => time.dateMs,
    ownMs: () => time.ownMs,
    /** The date is set; no time goes by. */
    set: (to: string) => void (time.dateMs = Date.parse(to)),
    /** So much time goes by while the daemon runs. */
    run(ms: number) {
      time.dateMs += ms;
      time.ownMs += ms;
    },
  };
}

async function open(
  folder: string,
  settings: Partial<HistorySettings> = {},
  clocks: Clocks = clocksAt('2026-01-03T10:00:00.000Z'),
) {
  const warnings: VoiceInputError[] = [];
  const all = { keepText: true, keepAudio: true, textDays: 30, audioHours: 24, keepCorrected: false, ...settings };
  const history = await openHistory({ folder, settings: () => all, clocks, warn: (error) => warnings.push(error) });
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

const DAY_MS = 86_400_000;
type TestClocks = ReturnType<typeof clocksAt>;

describe('what becomes known later', () => {
  test('is with its entry, also when that was not there yet', async () => {
    const { history } = await open(newFolder());
    const early = at('2026-02-28T10:00:00.000Z');
    expect(await history.note(early.id, { left: 'draft' })).toBeUndefined();
    expect(await history.put(early)).toMatchObject({ left: 'draft' });
    expect(await history.note(early.id, { correction: 'I wrote it.' })).toMatchObject({ correction: 'I wrote it.' });
    expect(await history.list({ query: 'WROTE' })).toMatchObject([{ left: 'draft', correction: 'I wrote it.' }]);
  });

  test('does not change how long it has been kept', async () => {
    const clocks = clocksAt('2026-01-03T10:00:00.000Z');
    const { history } = await open(newFolder(), {}, clocks);
    const early = at('2025-01-01T10:00:00.000Z');
    await history.put(early);
    await history.note(early.id, { correction: 'I wrote it.' });
    clocks.run(DAY_MS);
    await history.sweep();
    expect(await history.has(early.id)).toBe(true);
  });

  test.each([true, false])('keeps a corrected dictation and its recording: %s', async (keepCorrected) => {
    const clocks = clocksAt('2025-01-03T10:00:00.000Z');
    const { history } = await open(newFolder(), { keepCorrected }, clocks);
    const old = [at('2025-01-01T10:00:00.000Z'), at('2025-01-02T10:00:00.000Z')];
    for (const entry of old) {
      writeFileSync(history.recordings.pathOf(entry.id), 'samples!');
      await history.put(entry);
    }
    await history.note(old[0]!.id, { correction: 'I wrote it.' });
    expect(await history.size({ corrected: true })).toEqual({ dictations: 1, recordings: 1, recordingBytes: 8 });
    clocks.run(60 * DAY_MS);
    await history.sweep();
    const stayed = keepCorrected ? [old[0]!.id] : [];
    expect((await history.list({})).map(({ id }) => id)).toEqual(stayed);
    expect(await history.recordings.ids()).toEqual(stayed);
    expect(await history.clear({ corrected: true })).toEqual({ removed: stayed.length, damagedCopies: 0 });
    expect(await history.recordings.ids()).toEqual([]);
  });
});

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
    const clocks = clocksAt('2026-01-01T09:00:00.000Z');
    const { history } = await open(newFolder(), { textDays: 30, audioHours: 24 }, clocks);
    const entries: HistoryEntry[] = [];
    for (const days of [0, 50, 9]) {
      clocks.run(days * DAY_MS);
      const entry = at(new Date(clocks.dateMs()).toISOString());
      writeFileSync(history.recordings.pathOf(entry.id), 'audio');
      await history.put(entry);
      entries.push(entry);
    }
    await history.sweep();
    expect((await history.list({})).map(({ id, hasAudio }) => [id, hasAudio])).toEqual([
      [entries[2]!.id, true],
      [entries[1]!.id, false],
    ]);
    expect(await history.recordings.ids()).toEqual([entries[2]!.id]);
  });

  describe('on a machine whose date is wrong', () => {
    const start = '2026-01-10T10:00:00.000Z';
    /** A history with one dictation, whose daemon has ended. */
    async function begun() {
      const folder = newFolder();
      const clocks = clocksAt(start);
      const { history } = await open(folder, {}, clocks);
      const entry = at(start);
      writeFileSync(history.recordings.pathOf(entry.id), 'audio');
      await history.put(entry);
      await history.sweep();
      await history.close();
      opened.length = 0;
      return { folder, clocks, entry };
    }

    test('40 days ahead, nothing goes, and the user is told once', async () => {
      const { folder, clocks, entry } = await begun();
      clocks.set('2026-02-19T10:00:00.000Z');
      const { history, warnings } = await open(folder, {}, clocks);
      await history.sweep();
      clocks.run(3_600_000);
      await history.sweep();
      expect(await history.get(entry.id)).toMatchObject({ text: 'I read it.', hasAudio: true });
      expect(warnings).toMatchObject([
        { code: 'ERR_CLOCK', message: expect.stringMatching(/40 days ahead.* one old/) },
      ]);
      // Set right in time: all is as if it had never been wrong.
      clocks.set('2026-01-10T13:00:00.000Z');
      await history.sweep();
      clocks.run(20 * 3_600_000);
      await history.sweep();
      expect(await history.get(entry.id)).toMatchObject({ hasAudio: true });
      clocks.run(3 * 3_600_000);
      await history.sweep();
      expect(await history.get(entry.id)).toMatchObject({ text: 'I read it.', hasAudio: false });
    });

    test('that stays, it is believed after 8 hours, in however many runs', async () => {
      const { folder, clocks, entry } = await begun();
      clocks.set('2026-02-19T10:00:00.000Z');
      for (const isThere of [true, true, false]) {
        const { history } = await open(folder, {}, clocks);
        clocks.run(3 * 3_600_000);
        await history.sweep();
        expect(await history.has(entry.id)).toBe(isThere);
        await history.close();
        opened.length = 0;
      }
    });

    test('back in 1970, what is said stays for as long as ever, and is the newest', async () => {
      const { folder, clocks, entry } = await begun();
      clocks.set('1970-01-01T00:00:00.000Z');
      const { history } = await open(folder, {}, clocks);
      const said = { ...at(new Date(clocks.dateMs()).toISOString()), id: newId() };
      await history.put(said);
      clocks.set('2026-01-11T09:00:00.000Z');
      await history.sweep();
      expect((await history.list({})).map(({ id }) => id)).toEqual([said.id, entry.id]);
      expect(await history.get(said.id)).not.toHaveProperty('keptSinceMs');
      clocks.run(31 * DAY_MS);
      await history.sweep();
      expect(await history.list({})).toEqual([]);
    });

    test('and whose clock was damaged, the newest dictation says the time', async () => {
      const { folder, clocks, entry } = await begun();
      writeFileSync(join(folder, 'clock.json'), '{"atMs":');
      clocks.set('2036-01-01T00:00:00.000Z');
      const { history } = await open(folder, {}, clocks);
      await history.sweep();
      expect(await history.has(entry.id)).toBe(true);
    });
  });

  const sweepLater = (history: History, clocks: TestClocks): Promise<void> => {
    clocks.run(60 * DAY_MS);
    return history.sweep();
  };
  const ways = [
    ['removed', {}, (history: History, _clocks: TestClocks, id: string) => history.remove(id)],
    ['older than they may be', { textDays: 1 }, sweepLater],
    ['not to be kept any more', { keepText: false }, sweepLater],
  ] as const;
  test.each(ways)('leaves no word in any file of dictations that are %s', async (_how, settings, forget) => {
    const folder = newFolder();
    const before = ['Zugzwang', 'Quetzalcoatl'];
    for (const words of before) {
      const { history } = await open(folder, { textDays: 10_000 });
      await history.put(at('2026-01-01T10:00:00.000Z', `I play the ${words}.`, `I pray the ${words}.`));
      await history.close();
    }
    opened.length = 0;
    const clocks = clocksAt('2026-01-03T10:00:00.000Z');
    const { history } = await open(folder, { textDays: 10_000, ...settings }, clocks);
    await history.put(at('2026-01-02T10:00:00.000Z', 'Wombats burrow.', 'Wombats borrow.'));
    expect(before.every((word) => filesWith(folder, word).length > 0)).toBe(true);
    for (const { id } of await history.list({})) await forget(history, clocks, id);
    expect([...before, 'Wombats'].flatMap((word) => filesWith(folder, word))).toEqual([]);
  });

  test.each(ways)(
    'leaves no word of dictations that are %s in what a repair set aside',
    async (_how, settings, forget) => {
      const folder = newFolder();
      await written(folder, 2);
      const place = join(folder, 'history');
      const { history: before } = await open(folder, { textDays: 10_000 });
      await before.put(at('2026-01-05T10:00:00.000Z', 'I play the Zugzwang.'));
      await before.close();
      opened.length = 0;
      for (const name of readdirSync(place)) if (name.startsWith('MANIFEST')) rmSync(join(place, name));
      const clocks = clocksAt('2026-01-06T10:00:00.000Z');
      const { history } = await open(folder, { textDays: 10_000, ...settings }, clocks);
      expect(filesWith(folder, 'Zugzwang').some((name) => name.startsWith('history.broken-'))).toBe(true);
      expect(filesWith(folder, 'Zugzwang').filter((name) => name.includes('lost'))).toEqual([]);
      await forget(history, clocks, '20260105');
      expect(filesWith(folder, 'Zugzwang')).toEqual([]);
    },
  );

  test('says of how many damaged copies a removed dictation is gone too', async () => {
    const folder = newFolder();
    const ids = await written(folder, 2);
    const place = join(folder, 'history');
    for (const name of readdirSync(place)) if (name.startsWith('MANIFEST')) rmSync(join(place, name));
    const { history } = await open(folder);
    mkdirSync(join(folder, 'history.unreadable'));
    expect(await history.remove(ids[0]!)).toEqual({ damagedCopies: 2 });
    expect(await history.remove(ids[1]!)).toEqual({ damagedCopies: 0 });
    expect(readdirSync(folder).toSorted()).toEqual(['clock.json', 'history', 'recordings']);
  });

  test('leaves no word in any file while others read', async () => {
    const folder = newFolder();
    const { history } = await open(folder, { textDays: 10_000 });
    const entry = at('2026-01-01T10:00:00.000Z', 'I play the Zugzwang.');
    await history.put(entry);
    for (let index = 0; index < 400; index += 1)
      await history.put(at(`2026-01-02T10:00:00.${String(index).padStart(3, '0')}Z`, 'word '.repeat(200)));
    const listing = history.list({ limit: 1_000 });
    await history.remove(entry.id);
    await listing;
    expect(filesWith(folder, 'Zugzwang')).toEqual([]);
  });

  test('keeps no draft of a dictation without a text when texts are switched off', async () => {
    const folder = newFolder();
    const { text: _text, ...entry } = at('2026-01-01T10:00:00.000Z', '', 'I pray the Zugzwang.');
    const before = await open(folder, { textDays: 10_000 });
    await before.history.put({ ...entry, outcome: 'failed' });
    await before.history.close();
    opened.length = 0;
    const { history } = await open(folder, { textDays: 10_000, keepText: false });
    await history.sweep();
    expect(await history.get(entry.id)).not.toHaveProperty('draft');
    expect(filesWith(folder, 'Zugzwang')).toEqual([]);
  });

  test.skipIf(process.platform === 'win32')('leaves no half of a copy that could not be made', async () => {
    const folder = newFolder();
    await written(folder, 2);
    const place = join(folder, 'history');
    for (const name of readdirSync(place)) if (name.startsWith('MANIFEST')) rmSync(join(place, name));
    execFileSync('mkfifo', [join(place, 'z-pipe')]);
    const { history } = await open(folder);
    expect(history.trouble).toMatchObject({ code: 'ERR_STORAGE' });
    expect(readdirSync(folder).toSorted()).toEqual(['clock.json', 'history', 'recordings']);
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

  test('never forgets a recording that was not read yet, however old it is', async () => {
    const clocks = clocksAt('2026-01-01T09:00:00.000Z');
    const { history } = await open(newFolder(), { audioHours: 1 }, clocks);
    const { id } = at('2026-01-01T09:00:00.000Z');
    writeFileSync(history.recordings.pathOf(id), 'audio');
    clocks.run(60 * DAY_MS);
    await history.sweep();
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
    const clocks = clocksAt('2026-01-03T10:00:00.000Z');
    const { history, warnings } = await open(folder, {}, clocks);
    expect(warnings).toMatchObject([{ code: 'ERR_STORAGE', hint: expect.stringMatching(/history\.broken-/) }]);
    await history.put(at('2026-01-03T10:00:00.000Z'));
    expect(await history.list({})).toHaveLength(1);
    const aside = (): string[] => readdirSync(folder).filter((name) => name.startsWith('history.broken-'));
    await history.sweep();
    expect(aside()).toHaveLength(1);
    // Its texts are no younger than the day on which it was set aside.
    clocks.run(31 * DAY_MS);
    await history.sweep();
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

/** Where in the folder, at any depth. */
function filesWith(folder: string, word: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .filter((name) => readFileSync(join(folder, name)).includes(word));
}

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
