// Random weights are a Whisper as far as the importer can see.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import whisper from '@voiceinput/runner-whisper';
import { shapes, writeRandomWeights } from '../src/whisper/random-weights.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-random-'));
  await writeFile(join(folder, 'tokenizer.json'), '{}');
});
afterAll(() => rm(folder, { recursive: true }));

test('a shape is recognised by its name', async () => {
  const made = await mkdtemp(join(folder, 'made-'));
  await writeRandomWeights({ ...shapes.small, feedForward: 64, vocabularySize: 400, audioContext: 100 }, folder, made);
  const importer = await whisper.importer!.open();
  expect(await importer.recognise(made, new AbortController().signal)).toMatchObject({
    name: 'whisper-small',
    title: 'Whisper small, Hugging Face, float16',
  });
});
