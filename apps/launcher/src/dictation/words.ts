// How the words of a dictation that is under way are shown.

import type { View } from '@voiceinput/client';
import { asMarkdown, changeAsMarkdown } from '../show/markdown.ts';

export function liveAsMarkdown({ phase, partial, draft, refined, error }: View): string {
  const words = phase === 'listening' ? asMarkdown(partial) : changeAsMarkdown(draft, refined);
  const text = words === '' ? waiting[phase] : words;
  return error === undefined ? text : `${text}\n\n---\n\n${asMarkdown(`${error.message} ${error.hint}`)}`;
}

/** While there are no words yet. */
const waiting: Readonly<Record<View['phase'], string>> = {
  idle: '*Opening the microphone …*',
  listening: '*Listening …*',
  draft: '*Transcribing …*',
  refining: '*Transcribing …*',
  refined: '*No words are shown.*',
  offered: '*No words are shown.*',
  'no-speech': '*No speech was heard.*',
  error: '*The dictation failed.*',
};
