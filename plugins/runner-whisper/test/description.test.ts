// What is known of a model: from its files, or from what OpenAI published.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe as group, expect, test } from 'vitest';
import { alignmentHeadsOf, ordered } from '../src/description/alignment.ts';
import { describe, type ModelFacts } from '../src/description/describe.ts';
import type { Dims } from '../src/description/description.ts';
import { readSettings } from '../src/description/settings.ts';
import { openTokenizer, writeTokenizer } from '../src/tokens/tokenizer.ts';
import { readVocabulary } from '../src/tokens/vocabulary.ts';
import { SMALL } from './files/random-model.ts';
import { temporaryFolder } from './files/temporary.ts';
import { writeSmallTokenizer } from './files/vocabulary.ts';

const folder = temporaryFolder();

async function facts({
  dims = SMALL,
  fileName = 'model.safetensors',
}: { dims?: Dims; fileName?: string } = {}): Promise<ModelFacts> {
  await writeSmallTokenizer(folder());
  const vocabulary = (await readVocabulary(folder()))!;
  await writeTokenizer(folder(), vocabulary);
  const files = { format: 'safetensors', folder: folder(), fileNames: [fileName] } as const;
  return describe({ files, dims, vocabulary, tokenizer: await openTokenizer(folder()) });
}

const settings = (name: string, value: unknown): Promise<void> =>
  writeFile(join(folder(), name), JSON.stringify(value));

group('without settings', () => {
  test('marks and languages come from the vocabulary, symbols are never said', async () => {
    const { tokens, languages, multilingual, suppressed, suppressedAtStart, context } = await facts();
    expect(tokens).toMatchObject({ end: 260, start: 261, noTimestamps: 269, firstTimestamp: 270 });
    expect(languages).toEqual({ en: 262, ru: 263 });
    expect(multilingual).toBe(true);
    expect(suppressed).toEqual(expect.arrayContaining([0x28, 0x29, 0x5b, 261, 264, 265, 266, 267, 268]));
    expect(suppressed).not.toContain(260);
    expect(suppressedAtStart).toEqual([0x20, 260]);
    expect(context).toBe('short');
  });

  test('the audio’s length follows from size and name', async () => {
    expect((await facts({ dims: { ...SMALL, width: 1280, heads: 20 } })).context).toBe('full');
    expect((await facts({ fileName: 'base_acft_q8_0.bin' })).context).toBe('any-length');
    expect((await facts({ fileName: 'tactful.bin' })).context).toBe('short');
  });
});

group('with settings', () => {
  test('generation_config.json goes before config.json, empty lists count as none', async () => {
    await settings('config.json', { suppress_tokens: [1], begin_suppress_tokens: [2], _name_or_path: 'me/acft-small' });
    await settings('generation_config.json', {
      suppress_tokens: [3, 4],
      begin_suppress_tokens: [],
      alignment_heads: [[1, 0]],
      is_multilingual: false,
    });
    expect(await readSettings(folder())).toEqual({
      suppressed: [3, 4],
      suppressedAtStart: [2],
      alignmentHeads: [[1, 0]],
      multilingual: false,
      name: 'me/acft-small',
    });
    const { suppressed, alignmentHeads, languages, context } = await facts();
    expect({ suppressed, alignmentHeads, languages, context }).toEqual({
      suppressed: [3, 4],
      alignmentHeads: [[1, 0]],
      languages: {},
      context: 'any-length',
    });
  });

  test('a file that is not JSON is named', async () => {
    await writeFile(join(folder(), 'config.json'), '{');
    await expect(readSettings(folder())).rejects.toThrow(/config\.json cannot be used: it is not JSON/);
  });
});

group('alignment heads', () => {
  test('of a published model are the published ones', () => {
    const base = { ...SMALL, decoderLayers: 6, heads: 8, vocabularySize: 51_865 };
    expect(alignmentHeadsOf(base)).toEqual([
      [3, 1],
      [4, 2],
      [4, 3],
      [4, 7],
      [5, 1],
      [5, 2],
      [5, 4],
      [5, 6],
    ]);
  });

  test('of another are those of its last layers', () => {
    expect(alignmentHeadsOf({ ...SMALL, decoderLayers: 4, heads: 2 })).toEqual([
      [3, 0],
      [3, 1],
    ]);
    expect(alignmentHeadsOf({ ...SMALL, decoderLayers: 2, heads: 1 })).toEqual([[1, 0]]);
  });

  test('are ordered, and those that are not there are left out', () => {
    expect(
      ordered(
        [
          [2, 0],
          [0, 0],
          [1, 4],
          [7, 0],
        ],
        SMALL,
      ),
    ).toEqual([
      [0, 0],
      [2, 0],
    ]);
  });
});
