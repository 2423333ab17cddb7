// How a remembered dictation is shown: its text, and what the better reading changed in the draft.

import type { HistoryEntry } from '@voiceinput/client';
import { asMarkdown, changeAsMarkdown } from '../show/markdown.ts';

export type Texts = Pick<HistoryEntry, 'draft' | 'text' | 'error' | 'secret'> & {
  readonly outcome?: HistoryEntry['outcome'];
};

export function entryAsMarkdown({ draft = '', text = '', error, outcome, secret }: Texts): string {
  const parts = [text === '' ? `*${nothing(outcome, secret)}*` : asMarkdown(text)];
  if (draft !== '' && text !== '' && draft !== text)
    parts.push('---', '**Draft**', asMarkdown(draft), '**Change**', changeAsMarkdown(draft, text));
  if (error !== undefined) parts.push('---', asMarkdown(`${error.message} ${error.hint}`));
  return parts.join('\n\n');
}

function nothing(outcome: Texts['outcome'], secret = false): string {
  if (outcome === 'no-speech') return 'No speech found.';
  if (outcome === 'cancelled') return 'The dictation was cancelled.';
  if (secret) return 'It went into a password field, so its text was not saved.';
  return outcome === 'failed' ? 'The dictation failed.' : 'The text was not saved.';
}
