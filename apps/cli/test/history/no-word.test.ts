// What is forgotten leaves no word in any file.

import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { History } from '../../src/history/history.ts';
import { at, clocksAt, DAY_MS, filesWith, newFolder, open, opened, written } from './opened.ts';
import type { TestClocks } from './opened.ts';

describe('the history', () => {
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

  test.each([ways[0], ways[1]])('tells in no file when dictations were that are %s', async (_how, settings, forget) => {
    const folder = newFolder();
    const ids = await written(folder, 3);
    const clocks = clocksAt('2026-01-04T10:00:00.000Z');
    const { history } = await open(folder, { textDays: 10_000, ...settings }, clocks);
    expect(ids.every((id) => filesWith(folder, id).length > 0)).toBe(true);
    for (const { id } of await history.list({})) if (await history.has(id)) await forget(history, clocks, id);
    expect(ids.flatMap((id) => filesWith(folder, id))).toEqual([]);
    await history.put(at('2026-01-05T10:00:00.000Z', 'New.'));
    expect(await history.list({})).toMatchObject([{ text: 'New.' }]);
    await history.close();
    opened.length = 0;
    expect(ids.flatMap((id) => filesWith(folder, id))).toEqual([]);
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
});
