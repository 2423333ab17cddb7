// Whether the models that the runner brings are pinned and can be imported.

import { expect, test } from 'vitest';
import plugin from '../src/index.ts';

const models = plugin.models ?? [];

test('there are all sizes that the recommendation may choose', () => {
  const ids = models.map(({ id }) => id);
  expect(ids).toEqual(
    expect.arrayContaining(['tiny', 'base', 'small', 'large-v3-turbo'].map((size) => `whisper-${size}`)),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

test.each(models.map((entry) => [entry.id, entry] as const))(
  '%s is pinned at one commit, file by file',
  (_id, entry) => {
    expect(entry.imported).toBe(true);
    for (const source of entry.sources) expect(source).toMatch(/^hf:[\w.-]+\/[\w.-]+@[0-9a-f]{40}$/);
    for (const { path, sha256, bytes } of entry.files) {
      expect(path).toMatch(/^[\w.-]+$/);
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(bytes).toBeGreaterThan(1_000);
    }
    const weights = entry.files.filter(({ path }) => /\.(?:safetensors|bin)$/.test(path));
    expect(weights).toHaveLength(1);
  },
);

test('no two models share a file but the tokeniser', () => {
  const sums = models.flatMap(({ files }) => files.filter(({ path }) => path !== 'tokenizer.json'));
  expect(new Set(sums.map(({ sha256 }) => sha256)).size).toBe(sums.length);
});
