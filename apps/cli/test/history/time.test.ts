// What is forgotten when its time is over, also by a machine whose date is wrong.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HistoryEntry } from '@voiceinput/client';
import { describe, expect, test, vi } from 'vitest';
import { newId } from '../../src/history/id.ts';
import { at, clocksAt, DAY_MS, newFolder, open, opened } from './opened.ts';

describe('the history', () => {
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

  test('never forgets a recording that was not read yet, however old it is', async () => {
    const clocks = clocksAt('2026-01-01T09:00:00.000Z');
    const { history } = await open(newFolder(), { audioHours: 1 }, clocks);
    const { id } = at('2026-01-01T09:00:00.000Z');
    writeFileSync(history.recordings.pathOf(id), 'audio');
    clocks.run(60 * DAY_MS);
    await history.sweep();
    expect(await history.recordings.ids()).toEqual([id]);
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
});

test('dictations are named in the order in which they begin, also when the clock is put back', () => {
  vi.useFakeTimers();
  const ids = ['2026-01-01T10:00:00.000Z', '2026-01-01T10:00:00.000Z', '2026-01-01T09:00:00.000Z'].map((now) => {
    vi.setSystemTime(now);
    return newId();
  });
  vi.useRealTimers();
  expect(ids.toSorted()).toEqual(ids);
});
