// Which of the allowed languages is spoken, from what the decoder expects behind its start mark.

import type { Description } from '../description/description.ts';

export interface SpokenLanguage {
  /** Whisper's code, such as `ru`. Absent where the model knows one language and doesn't name it. */
  readonly language: string | undefined;
  /** How likely it is among the allowed ones, 0…1. Absent when there was nothing to choose. */
  readonly probability?: number;
  /** Whether surely none of the allowed languages is spoken. */
  readonly foreign: boolean;
}

export interface LanguageChoice {
  /** Whisper's codes; empty: any. */
  readonly allowed: readonly string[];
  /** What was spoken before, and stays where the choice is close. */
  readonly before: string | undefined;
}

/** Below so much for the best of the allowed languages it is no better than a guess. */
const SURE = 0.7;
/** All allowed languages together have less, and another one more than `FOREIGN`: then that one is spoken. */
const HARDLY = 0.05;
const FOREIGN = 0.8;

/** Whisper writes some languages under other codes than BCP 47. */
const CODES: Readonly<Record<string, string>> = {
  nb: 'no',
  nn: 'no',
  iw: 'he',
  in: 'id',
  fil: 'tl',
  zh: 'zh',
  jv: 'jw',
};

/** Whisper's code of a BCP 47 language, or undefined when the model does not know it. */
export function codeOf(language: string, { languages }: Description): string | undefined {
  const base = language.split('-')[0]!.toLowerCase();
  return [base, CODES[base]].find((code) => code !== undefined && code in languages);
}

/** `logits`: what follows the start mark. */
export function chooseLanguage(
  logits: Float32Array,
  { allowed, before }: LanguageChoice,
  { languages }: Description,
): SpokenLanguage {
  const all = probabilities(logits, languages);
  const among = allowed.length === 0 ? [...all.keys()] : allowed.filter((code) => all.has(code));
  const sum = among.reduce((total, code) => total + all.get(code)!, 0);
  const share = (code: string): number => (sum === 0 ? 0 : all.get(code)! / sum);
  const [best] = among.toSorted((a, b) => share(b) - share(a));
  if (best === undefined) return { language: undefined, foreign: false };
  const kept = before !== undefined && among.includes(before) && share(best) < SURE ? before : best;
  const loudest = Math.max(...all.values());
  return { language: kept, probability: share(kept), foreign: sum < HARDLY && loudest > FOREIGN };
}

/** Of all languages that the model knows, together 1. */
function probabilities(logits: Float32Array, languages: Description['languages']): Map<string, number> {
  const highest = Math.max(...Object.values(languages).map((mark) => logits[mark]!));
  const weights = Object.entries(languages).map(([code, mark]) => [code, Math.exp(logits[mark]! - highest)] as const);
  const sum = weights.reduce((total, [, weight]) => total + weight, 0);
  return new Map(weights.map(([code, weight]) => [code, weight / sum]));
}
