// Others read the clips that they are given, and one without a model is told as such.

import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readByPeers } from '../src/accuracy/peers.ts';
import type { EvaluationClip } from '../src/evaluation/clips.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-peers-'));
});
afterAll(() => rm(folder, { recursive: true }));

const clip = (id: string, text: string): EvaluationClip => ({
  id,
  set: 'speech',
  path: `/clips/${id}.flac`,
  durationS: 1,
  language: 'ru',
  text,
  slots: [],
  group: 'g',
  condition: '',
});

test('what a program prints for each clip is counted against what was said', async () => {
  const whisperCpp = join(folder, 'whisper-cli');
  await writeFile(whisperCpp, '#!/bin/sh\nfor last; do :; done\necho " Ёлка из $(basename "$last" .flac)"\n');
  await chmod(whisperCpp, 0o755);
  const clips = [clip('леса', 'елка из леса'), clip('дома', 'елка из города')];
  const [peer, ...others] = await readByPeers(clips, 'ru', { whisperCpp, whisperCppModel: 'ggml.bin' });
  expect(others).toEqual([]);
  expect(peer!.errors).toMatchObject({ words: 6, substitutions: 1, insertions: 0, deletions: 0 });
  expect(peer!.wallMs).toBeGreaterThan(0);
});

test('without others there is nothing, without a model an explanation', async () => {
  expect(await readByPeers([clip('a', 'a')], 'en', {})).toEqual([]);
  await expect(readByPeers([], 'en', { whisperCpp: 'whisper-cli' })).rejects.toThrow('--whisper-cpp-model');
  await expect(readByPeers([], 'en', { fasterWhisper: 'python' })).rejects.toThrow('--faster-whisper-model');
});
