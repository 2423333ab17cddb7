// A recognised text, made to fit what stands before and behind the caret.

import type { Surroundings } from '@voiceinput/plugin-api';
import { separatorBetween } from '@voiceinput/plugin-api';
import { withCapitalFor, type FitEvidence } from './capital.ts';
import { endsWithoutStop, holdsSentences, inFormOf } from './field.ts';
import { listStyleAt } from './list.ts';
import { writtenLanguage } from './language.ts';
import { withoutEnd, withoutRepeatedStart, withoutStop } from './marks.ts';
import { goesOn, positionAfter } from './position.ts';

/** The place that a text goes to. */
export interface FitPlace extends Surroundings {
  /** BCP 47; guessed from the letters when absent. */
  readonly language?: string;
  /** Words of the user's own: a name among them keeps its capital. */
  readonly words?: readonly string[];
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
  /** The same without these spaces. */
  readonly words: string;
  /** The text after each rule, in order. Rules that do not apply to the place are left out. */
  readonly steps: readonly FitStep[];
}

/**
 * Fits `text` to its place: a space or none on both sides, a capital or none at its start, no full stop in the middle
 * of a sentence, no mark twice. Names and acronyms keep their capitals. What cannot be read is not guessed at: without
 * `before` the start, without `after` the end stays as it was recognised. A password is never changed.
 */
export function fit(text: string, place: FitPlace = {}): Fitted {
  const { before, after = '', field = 'text' } = place;
  const bare = text.trim();
  if (field === 'password') return { text, words: text, steps: [] };
  if (bare === '') return { text: '', words: '', steps: [] };
  const steps: FitStep[] = [];
  const step = (name: FitStep['step'], result: string): string => {
    steps.push({ step: name, text: result });
    return result;
  };

  let fitted = step('marks', withFittingMarks(bare, place));
  if (holdsSentences(field)) fitted = step('capital', withFittingCapital(fitted, place));
  else fitted = step('field', inFormOf(field, startingSmall(fitted, place)));
  const spaced = field === 'email' || field === 'number' ? fitted : withSpaces(fitted, before ?? '', after);
  return { text: step('spaces', spaced), words: fitted, steps };
}

function withFittingMarks(text: string, { before = '', after = '', field = 'text', continued }: FitPlace): string {
  const started = withoutRepeatedStart(text, before);
  if (continued === true) return started;
  if (endsWithoutStop(field)) return withoutStop(started);
  if (goesOn(before, after)) return withoutEnd(started, after);
  return listStyleAt(before)?.stop === false && isOneSentence(started) ? withoutStop(started) : started;
}

function withFittingCapital(text: string, place: FitPlace): string {
  const { before, field } = place;
  if (before === undefined || field === 'search') return text;
  const style = listStyleAt(before);
  const position = style === undefined ? positionAfter(before) : style.capital === false ? 'inside' : 'start';
  return withCapitalFor(position, text, evidenceOf(text, place));
}

/** In fields that hold no sentences the capital of a sentence's start is none of the text's own. */
function startingSmall(text: string, place: FitPlace): string {
  return withCapitalFor('inside', text, evidenceOf(text, place));
}

function evidenceOf(text: string, { language, words, before = '', after = '' }: FitPlace): FitEvidence {
  return {
    ...(words !== undefined && { ownWords: words }),
    language: writtenLanguage(text, before, language),
    context: `${before}\n${text}\n${after}`,
  };
}

function withSpaces(text: string, before: string, after: string): string {
  return separatorBetween(before, text) + text + separatorBetween(before + text, after);
}

function isOneSentence(text: string): boolean {
  return !/[.!?。！？]\s/u.test(text);
}
