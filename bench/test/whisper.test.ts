// A peer is asked clip by clip, and the ratio is of the whole time.

import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFasterWhisper } from '../src/whisper/faster-whisper.ts';
import { differenceOf } from '../src/whisper/show-words.ts';
import { ratioOf } from '../src/whisper/show.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-whisper-'));
});
afterAll(() => rm(folder, { recursive: true }));

const model = { weights: '/weights', language: 'ru', threads: 2 };

async function python(script: string): Promise<string> {
  const path = join(folder, 'python');
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

test('it answers each clip, with the weights, the language and the threads that it was given', async () => {
  const script =
    'while read path; do echo "{\\"text\\": \\"$path $2 $3 $4 $5\\", \\"ms\\": 5, \\"processorMs\\": 9}"; done';
  const peer = await openFasterWhisper(await python(script), model);
  expect(await peer.read('/a.flac')).toEqual({ text: '/a.flac /weights ru 1 2', ms: 5, processorMs: 9 });
  expect(await peer.read('/b.flac')).toMatchObject({ text: '/b.flac /weights ru 1 2' });
  await peer.close();
});

test('one that does not start, or ends, is told', async () => {
  await expect(openFasterWhisper(join(folder, 'nothing'), model)).rejects.toThrow(/does not start/);
  const peer = await openFasterWhisper(await python('read path'), model);
  await expect(peer.read('/a.flac')).rejects.toThrow(/ended without a text/);
  await peer.close();
});

test('long clips count for more than short ones', () => {
  const clip = (ours: number, peer: number) => ({
    id: '',
    words: 1,
    ours: { ms: ours, processorMs: 2 * ours, wrong: 0 },
    peer: { ms: peer, processorMs: peer, wrong: 0 },
  });
  const clips = [clip(1, 10), clip(29, 90)];
  expect(ratioOf(clips)).toBeCloseTo(0.3);
  expect(ratioOf(clips, ({ processorMs }) => processorMs)).toBeCloseTo(0.6);
});

test('ways of reading are compared clip by clip, in words of all words', () => {
  const reading = (wrong: number) => ({ text: '', wrong, ms: 1 });
  const clips = [1, 3].map((wrong, index) => ({
    id: String(index),
    text: '',
    words: 20,
    ways: { draft: reading(2), float: reading(wrong), refined: reading(0) },
  }));
  expect(differenceOf(clips, 'float').value).toBe(0);
  expect(differenceOf(clips, 'refined').value).toBeCloseTo(-0.1);
});
