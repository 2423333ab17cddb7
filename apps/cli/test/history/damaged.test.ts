// A damaged store opens with what can be read of it.

import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, clocksAt, DAY_MS, newFolder, open, opened, written } from './opened.ts';

const DAMAGES = Number(process.env['VOICEINPUT_STORE_DAMAGES'] ?? 40);
const SEED = Number(process.env['VOICEINPUT_PROPERTY_SEED'] ?? 1);

describe('the history', () => {
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

  test(`that is damaged at any place opens, loses nothing of other files, and keeps what comes then (${DAMAGES} places, seed ${SEED})`, async () => {
    const whole = newFolder();
    const tables = await writtenInTables(whole);
    const ids = [...tables.values()].flat();
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
        const foundIds = found.slice(1).map(({ id }) => id);
        expect(ids).toEqual(expect.arrayContaining(foundIds));
        const lost = tables.get(name) ?? [];
        expect(foundIds).toEqual(expect.arrayContaining(ids.filter((id) => !lost.includes(id))));
        await history.close();
        opened.length = 0;
        rmSync(folder, { recursive: true });
      }),
      { numRuns: DAMAGES, seed: SEED },
    );
  }, 600_000);
});

/** A closed history of several tables. Gives the IDs of the dictations in each, by its file's name. */
async function writtenInTables(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const tables = new Map<string, readonly string[]>();
  for (let day = 1; day <= 5; day += 2) {
    const entries = [day, day + 1].map((date) => at(`2026-01-0${date}T10:00:00.000Z`, 'word '.repeat(400)));
    const { history } = await open(folder);
    for (const entry of entries) await history.put(entry);
    await history.close();
    await (await open(folder)).history.close();
    opened.length = 0;
    const names = readdirSync(join(folder, 'history')).filter((name) => name.endsWith('.ldb') && !tables.has(name));
    expect(names).toHaveLength(1);
    tables.set(
      names[0]!,
      entries.map(({ id }) => id),
    );
  }
  return tables;
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
