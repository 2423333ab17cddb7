// A recognised text, made to fit what stands before and behind the caret.

import { withCapitalFor } from './capital.ts';
import { endsWithoutStop, holdsSentences, inFormOf, type FieldKind } from './field.ts';
import { listStyleAt } from './list.ts';
import { withoutEnd, withoutRepeatedStart, withoutStop } from './marks.ts';
import { goesOn, positionAfter } from './position.ts';
import { spaceBetween } from './spaces.ts';

/** The place that a text goes to. */
export interface Surroundings {
  /** BCP 47; guessed from the letters when absent. */
  readonly language?: string;
  /** The text before the caret, from anywhere in or above its paragraph. Absent when it cannot be read. */
  readonly before?: string;
  /** The text behind the caret. Absent when it cannot be read. */
  readonly after?: string;
  /** What the field is for. Default: `text`. */
  readonly field?: FieldKind;
  /** More of the same dictation may follow, so its end stays as it was recognised. Default: false. */
  readonly continued?: boolean;
}

/** What one rule made of a text. */
export interface FitStep {
  readonly step: 'marks' | 'capital' | 'field' | 'spaces';
  readonly text: string;
}

export interface Fitted {
  /** What is to be inserted between `before` and `after`, with the spaces that belong to it. */
  readonly text: string;
  /** The text after each rule, in order. Rules that do not apply to the place are left out. */
  readonly steps: readonly FitStep[];
}

/**
 * Fits `text` to its place: a space or none on both sides, a capital or none at its start, no full stop in the middle
 * of a sentence, no mark twice. Names and acronyms keep their capitals. What cannot be read is not guessed at: without
 * `before` the start, without `after` the end stays as it was recognised. A password is never changed.
 */
export function fit(text: string, surroundings: Surroundings = {}): Fitted {
  const { before, after = '', field = 'text' } = surroundings;
  const bare = text.trim();
  if (field === 'password') return { text, steps: [] };
  if (bare === '') return { text: '', steps: [] };
  const steps: FitStep[] = [];
  const step = (name: FitStep['step'], result: string): string => {
    steps.push({ step: name, text: result });
    return result;
  };

  let fitted = step('marks', withFittingMarks(bare, surroundings));
  if (holdsSentences(field)) fitted = step('capital', withFittingCapital(fitted, surroundings));
  else fitted = step('field', inFormOf(field, startingSmall(fitted, surroundings)));
  const spaced = field === 'email' || field === 'number' ? fitted : withSpaces(fitted, before ?? '', after);
  return { text: step('spaces', spaced), steps };
}

function withFittingMarks(text: string, { before = '', after = '', field = 'text', continued }: Surroundings): string {
  const started = withoutRepeatedStart(text, before);
  if (continued === true) return started;
  if (endsWithoutStop(field)) return withoutStop(started);
  if (goesOn(before, after)) return withoutEnd(started, after);
  return listStyleAt(before)?.stop === false && isOneSentence(started) ? withoutStop(started) : started;
}

function withFittingCapital(text: string, surroundings: Surroundings): string {
  const { before, field } = surroundings;
  if (before === undefined || field === 'search') return text;
  const style = listStyleAt(before);
  const position = style === undefined ? positionAfter(before) : style.capital === false ? 'inside' : 'start';
  return withCapitalFor(position, text, evidenceOf(text, surroundings));
}

/** In fields that hold no sentences the capital of a sentence's start is none of the text's own. */
function startingSmall(text: string, surroundings: Surroundings): string {
  return withCapitalFor('inside', text, evidenceOf(text, surroundings));
}

function evidenceOf(text: string, { language, before = '', after = '' }: Surroundings) {
  return { language: language ?? languageOf(text), context: `${before}\n${text}\n${after}` };
}

function withSpaces(text: string, before: string, after: string): string {
  return spaceBetween(before, text) + text + spaceBetween(before + text, after);
}

function isOneSentence(text: string): boolean {
  return !/[.!?。！？]\s/u.test(text);
}

/** A guess for texts of unknown language: it matters for capitals only. */
function languageOf(text: string): string {
  if (/[іїєґ]/iu.test(text)) return 'uk';
  return /\p{Script=Cyrillic}/u.test(text) ? 'ru' : 'en';
}
