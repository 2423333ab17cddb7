// What becomes known of a dictation when it is over.

import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { at, clocksAt, DAY_MS, newFolder, open } from './opened.ts';

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
