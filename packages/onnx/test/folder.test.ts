// Prepared graphs appear whole or not at all, whoever makes them.

import { randomUUID } from 'node:crypto';
import { chmod, mkdir, mkdtemp, open, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import type * as files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fillOnce, readReport, removeOthers, type Report } from '../src/prepare/folder.ts';

vi.mock('node:fs/promises', async (importOriginal) => {
  const original = await importOriginal<typeof files>();
  return { ...original, rename: vi.fn(original.rename) };
});

let base: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'prepared-'));
});
afterEach(async () => {
  vi.mocked(rename).mockReset();
  await rm(base, { recursive: true });
});

const report: Report = { encoder: { faithful: true, finding: 'fine' } };

test('what was made is found again', async () => {
  const folder = join(base, 'a');
  expect(await readReport(folder)).toBeUndefined();
  await fillOnce(folder, async (draft) => {
    await writeFile(join(draft, 'graph'), 'x');
    return report;
  });
  expect(await readReport(folder)).toEqual(report);
  expect(await readdir(base)).toEqual(['a']);
});

test('of two that make it at once, one stays whole and both go on', async () => {
  const folder = join(base, 'a');
  let writers = 0;
  const make = (text: string) =>
    fillOnce(folder, async (draft) => {
      writers++;
      await writeFile(join(draft, 'one'), text);
      await writeFile(join(draft, 'two'), text);
      return { encoder: { faithful: true, finding: text } };
    });
  const [first, second] = await Promise.all([make('first'), make('second')]);
  expect(writers).toBe(2);
  expect(first).toEqual(second);
  expect(await readFile(join(folder, 'one'), 'utf8')).toBe(first['encoder']!.finding);
  expect(await readFile(join(folder, 'two'), 'utf8')).toBe(first['encoder']!.finding);
  expect(await readdir(base)).toEqual(['a']);
});

test('what cannot be read is made again, and not in vain', async () => {
  const folder = join(base, 'a');
  for (const broken of ['', '{"encoder": {"faith', '{"faithful":true,"finding":"of an earlier form"}']) {
    await mkdir(folder);
    await writeFile(join(folder, 'report.json'), broken);
    expect(await readReport(folder)).toBeUndefined();
    await fillOnce(folder, async () => report);
    expect(await readReport(folder)).toEqual(report);
    await rm(folder, { recursive: true });
  }
});

test.each([
  ['flipped', (path: string) => hurt(path, (bytes) => bytes.fill(0, 2, 4))],
  ['cut short', (path: string) => hurt(path, (bytes) => bytes.subarray(0, 3))],
  ['gone', (path: string) => rm(path)],
])('a graph that is %s is made again', async (_how, damage) => {
  const folder = join(base, 'a');
  const make = (text: string) =>
    fillOnce(folder, async (draft) => {
      await mkdir(join(draft, 'inside'));
      for (const name of ['graph', join('inside', 'weights')]) await writeFile(join(draft, name), text);
      return report;
    });
  for (const name of ['graph', join('inside', 'weights'), 'sha256.json']) {
    await make('whole first');
    expect(await readReport(folder)).toEqual(report);
    await damage(join(folder, name));
    expect(await readReport(folder)).toBeUndefined();
    await make('whole again');
    expect(await readFile(join(folder, 'graph'), 'utf8')).toBe('whole again');
    expect(await readdir(base)).toEqual(['a']);
    await rm(folder, { recursive: true });
  }
});

test.skipIf(process.platform === 'win32')('where others may write, nothing is taken as prepared', async () => {
  const folder = join(base, 'a');
  await fillOnce(folder, async () => report);
  await chmod(folder, 0o777);
  await expect(readReport(folder)).rejects.toMatchObject({
    code: 'ERR_MODEL_STORAGE',
    hint: expect.stringMatching(/chmod/),
  });
});

test('a failure leaves nothing behind', async () => {
  const failure = new Error('no memory');
  await expect(fillOnce(join(base, 'a'), () => Promise.reject(failure))).rejects.toBe(failure);
  expect(await readdir(base)).toEqual([]);
});

test('a folder that cannot be made is told with its path', async () => {
  const file = join(base, 'file');
  await writeFile(file, '');
  await expect(fillOnce(join(file, 'a'), async () => report)).rejects.toMatchObject({
    code: 'ERR_MODEL_STORAGE',
    message: expect.stringContaining(join(file, 'a')),
  });
});

describe('when a new folder was filled', () => {
  const leave = async (name: string, age = 0): Promise<string> => {
    const folder = join(base, name);
    await mkdir(folder);
    await writeFile(join(folder, 'graph'), name);
    const date = new Date(Date.now() - age);
    await utimes(folder, date, date);
    return folder;
  };

  test('those of other versions and files go, and a process that reads them goes on', async () => {
    const other = await leave('f1-4-1.30.0');
    await leave('f0-5-1.30.0-signed');
    const reader = await open(join(other, 'graph'));
    await leave('f1-5-1.30.0');
    await removeOthers(join(base, 'f1-5-1.30.0'));
    expect(await readdir(base)).toEqual(process.platform === 'win32' ? expect.anything() : ['f1-5-1.30.0']);
    expect(await reader.readFile('utf8')).toBe('f1-4-1.30.0');
    await reader.close();
  });

  test('drafts stay while somebody may be at work on them', async () => {
    const draft = `f1-5-1.30.0.${randomUUID()}`;
    await leave(draft);
    await leave(`f1-4-1.30.0.${randomUUID()}`, 2 * 60 * 60 * 1000);
    await leave('f1-5-1.30.0');
    await removeOthers(join(base, 'f1-5-1.30.0'));
    expect((await readdir(base)).toSorted()).toEqual(['f1-5-1.30.0', draft]);
  });

  test.each(['EBUSY', 'EPERM'])('one that the system keeps (%s) stays whole, and the others go', async (code) => {
    const kept = await leave('kept');
    await leave('gone');
    await leave('new');
    vi.mocked(rename).mockImplementation(async (from, to) => {
      if (from === kept) throw Object.assign(new Error(`${code}: in use`), { code });
      return (await vi.importActual<typeof files>('node:fs/promises')).rename(from, to);
    });
    await removeOthers(join(base, 'new'));
    expect((await readdir(base)).toSorted()).toEqual(['kept', 'new']);
    expect(await readFile(join(kept, 'graph'), 'utf8')).toBe('kept');
  });
});

async function hurt(path: string, change: (bytes: Buffer) => Uint8Array): Promise<void> {
  await writeFile(path, change(await readFile(path)));
}
