// What holds between the file and the text: formats, segments, lanes, edits.

import type { Counts, Proof } from '../proof.ts';

/** In the order of the page. */
export const engineProofs = ({ property, rounds, runs, seed }: Counts): Proof[] => [
  {
    promise: 'A damaged audio file gives finite samples or a clear error; nothing hangs, nothing crashes',
    project: 'source-file',
    files: 'fuzz',
    env: { VOICEINPUT_FUZZ_ROUNDS: rounds, VOICEINPUT_FUZZ_SEED: seed },
    count: `${rounds} mutated files`,
  },
  {
    promise: 'Edits always make the new text of the old one, in whole words, and never cut a grapheme',
    project: 'engine',
    files: 'reconcile',
    env: property,
    count: `${runs} pairs of texts a property`,
  },
  {
    promise: 'Whatever the order of drafts and refined texts, what the sink shows is what the engine says',
    project: 'engine',
    files: 'deliver/writing',
    env: property,
    count: `${runs} orders`,
  },
  {
    promise: 'However edits, undos, cancels and partials of two sessions are interleaved, the text is what was applied',
    project: 'engine',
    files: 'deliver/interleavings',
    env: property,
    count: `${runs} interleavings`,
  },
  {
    promise:
      'Whatever is asked of a lane in any order, and whenever its process opens, hangs or dies: every job settles once, no process is left',
    project: 'engine',
    files: 'schedule/interleavings',
    env: property,
    count: `${runs} interleavings of up to 25 commands`,
  },
  {
    promise: 'No sure speech is outside of a segment; segments are in order, apart and bounded',
    project: 'engine',
    files: 'segmenter',
    env: property,
    count: `${runs} recordings a property`,
  },
  {
    promise: 'Kept audio comes back sample by sample, however it was chopped',
    project: 'engine',
    files: 'tape',
    env: property,
    count: `${runs} choppings`,
  },
  {
    promise: 'Nothing printable carries a control character, an escape sequence or a bidi control',
    project: 'plugin-api',
    files: 'printable',
    env: property,
    count: `${runs} texts a property`,
  },
  {
    promise: "The user's own words are replaced at word boundaries of any script, never inside a grapheme",
    project: 'post-replacements',
    files: 'replacements',
    env: property,
    count: `${runs} texts a property`,
  },
  {
    promise: 'Decoding with any proposal gives the words that decoding without one gives',
    project: 'onnx',
    files: 'decode',
    env: property,
    count: `${runs} proposals`,
  },
];
