// What is known of a small multilingual Whisper in tests of rooms that need no graphs.

import type { Description } from '../src/description/description.ts';

const FIRST_MARK = 20;

export const description: Description = {
  format: 1,
  dims: {
    mels: 80,
    width: 64,
    heads: 1,
    encoderLayers: 1,
    decoderLayers: 1,
    feedForward: 64,
    vocabularySize: 40,
    audioContext: 1500,
    textContext: 448,
  },
  multilingual: true,
  tokens: {
    end: FIRST_MARK,
    start: FIRST_MARK + 1,
    transcribe: FIRST_MARK + 6,
    translate: FIRST_MARK + 7,
    startOfLm: FIRST_MARK + 8,
    startOfPrevious: FIRST_MARK + 9,
    noSpeech: FIRST_MARK + 10,
    noTimestamps: FIRST_MARK + 11,
    firstTimestamp: FIRST_MARK + 12,
  },
  languages: { en: FIRST_MARK + 2, ru: FIRST_MARK + 3, uk: FIRST_MARK + 4, no: FIRST_MARK + 5 },
  suppressed: [1, 2],
  suppressedAtStart: [3, FIRST_MARK],
  alignmentHeads: [[0, 0]],
  context: 'short',
  precision: 'float',
  signedInt8: false,
  floatMatrices: [],
  source: { format: 'safetensors', files: [] },
};
