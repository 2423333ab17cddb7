// What is known of a model before its graphs are made.

import { basename } from 'node:path';
import { neverSaid } from '../tokens/non-speech.ts';
import { languagesOf, marksOf } from '../tokens/marks.ts';
import type { Tokenizer } from '../tokens/tokenizer.ts';
import type { Vocabulary } from '../tokens/vocabulary.ts';
import { unusable } from '../weights/binary-file.ts';
import type { WeightFiles } from '../weights/open.ts';
import { alignmentHeadsOf, ordered } from './alignment.ts';
import { DESCRIPTION_FORMAT, type AudioContext, type Description, type Dims } from './description.ts';
import { readSettings } from './settings.ts';

interface Known {
  readonly files: WeightFiles;
  readonly dims: Dims;
  readonly vocabulary: Vocabulary;
  readonly tokenizer: Tokenizer;
}

export type ModelFacts = Omit<Description, 'precision' | 'signedInt8' | 'floatMatrices' | 'check'>;

/** Throws `ERR_MODEL_FORMAT` when the vocabulary is not one of Whisper. */
export async function describe({ files, dims, vocabulary, tokenizer }: Known): Promise<ModelFacts> {
  const tokens = marksOf(vocabulary.marks);
  if ('missing' in tokens)
    throw unusable(files.folder, `its vocabulary has no ${tokens.missing}, which every Whisper has`);
  const settings = await readSettings(files.folder);
  const space = await tokenizer.encode(' ');
  const given = ordered(settings.alignmentHeads ?? [], dims);
  const multilingual = settings.multilingual ?? tokens.end !== ENGLISH_END;
  return {
    format: DESCRIPTION_FORMAT,
    dims,
    multilingual,
    tokens,
    // The English vocabulary has marks of languages, too, but its models were not trained on them.
    languages: multilingual ? languagesOf(vocabulary.marks) : {},
    suppressed: settings.suppressed ?? (await neverSaid(tokenizer, tokens)),
    suppressedAtStart: settings.suppressedAtStart ?? [...space, tokens.end],
    alignmentHeads: given.length > 0 ? given : alignmentHeadsOf(dims),
    context: contextOf(dims, [...files.fileNames, basename(files.folder), settings.name ?? '']),
    source: { format: files.format, files: files.fileNames },
  };
}

/** In the vocabulary of the English models; the multilingual one has one text more. */
const ENGLISH_END = 50_256;

/** Up to Whisper small. */
const WIDEST_SHORT = 768;

/**
 * Weights tuned for audio of any length (https://github.com/futo-org/whisper-acft) say so in their name. Of the others
 * base was measured: with 10 s at least it is as good as with 30 s. Larger ones were not.
 */
function contextOf({ width }: Dims, names: readonly string[]): AudioContext {
  if (names.some((name) => /(^|[^a-z])acft([^a-z]|$)/i.test(name))) return 'any-length';
  return width <= WIDEST_SHORT ? 'short' : 'full';
}
