// Decides that prepared graphs appear whole or not at all, whoever makes them.

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fillOnce, readReport, type Report } from '../src/prepare/folder.ts';

let base: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'prepared-'));
});
afterEach(() => rm(base, { recursive: true }));

const report: Report = { faithful: true, readsAhead: true, finding: 'fine' };

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
      return { ...report, finding: text };
    });
  const [first, second] = await Promise.all([make('first'), make('second')]);
  expect(writers).toBe(2);
  expect(first).toEqual(second);
  expect(await readFile(join(folder, 'one'), 'utf8')).toBe(first.finding);
  expect(await readFile(join(folder, 'two'), 'utf8')).toBe(first.finding);
  expect(await readdir(base)).toEqual(['a']);
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
