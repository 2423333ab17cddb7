// What is known of the models that VoiceInput may choose by itself: what they hear, and what machine they want.

import type { PartChoice } from '@voiceinput/engine';

export interface Candidate {
  readonly choice: PartChoice & { readonly options: { readonly model: string } };
  /** BCP 47, or `*` for any. */
  readonly languages: readonly string[];
  /** Main memory of the machine, from which on it is chosen. Where the model's entry says what it takes, that decides. */
  readonly leastMemoryBytes: number;
  /** From which on it answers in time: a draft in 0.45 s, a better text in 1.23 s after a clip of 15 s. */
  readonly leastCores: number;
}

const GB = 1_000_000_000;

/** The better text of a model over its own draft: several texts at once. */
const BEAMS = { beams: 4 };

const moonshine = (options: object = {}): Candidate => ({
  choice: { use: 'runner-moonshine', options: { model: 'moonshine-tiny-en', int8Encoder: false, ...options } },
  languages: ['en'],
  leastMemoryBytes: 0,
  leastCores: 1,
});

interface Least {
  readonly memoryBytes: number;
  readonly cores: number;
}

const whisper = (size: string, least: Least, options: object = {}): Candidate => ({
  choice: { use: 'runner-whisper', options: { model: `whisper-${size}`, ...options } },
  languages: ['*'],
  leastMemoryBytes: least.memoryBytes,
  leastCores: least.cores,
});

/**
 * In order of preference. On two cores the better text of whisper-small comes 0.4 s after the release, that of
 * large-v3-turbo 1.3 s; memory is what the process takes, four times over.
 */
export const candidates: Readonly<Record<'fast' | 'refine', readonly Candidate[]>> = {
  fast: [
    moonshine(),
    whisper('base', { memoryBytes: 1 * GB, cores: 1 }),
    whisper('tiny', { memoryBytes: 0, cores: 1 }),
    whisper('small', { memoryBytes: 2 * GB, cores: 4 }),
  ],
  refine: [
    whisper('large-v3-turbo', { memoryBytes: 7 * GB, cores: 4 }),
    whisper('small', { memoryBytes: 2 * GB, cores: 2 }),
    whisper('base', { memoryBytes: 1 * GB, cores: 1 }, BEAMS),
    moonshine({ passes: 2, beams: 3 }),
    whisper('tiny', { memoryBytes: 0, cores: 1 }, BEAMS),
  ],
};

/** The ids of all models that may be chosen, each once. */
export const candidateIds: readonly string[] = [
  ...new Set([...candidates.fast, ...candidates.refine].map(({ choice }) => choice.options.model)),
];
