// How people are shown a dictation of the history: what was read, what became of it.

import type { HistoryEntry } from '@voiceinput/client';
import { editsText, endText } from './outcome.ts';
import { inLocale, told, toldError } from '../messages/in-locale.ts';

const LABEL_CHARACTERS = 9;

/** One line about it, and one for each text that there is, called what it is. */
export function entryText(entry: HistoryEntry): string {
  const { id, startedAt, app, draft, text, correction, audioMs, segments, error } = entry;
  const about = [
    new Date(startedAt).toLocaleString(),
    inLocale`${(audioMs / 1000).toFixed(1)} s`,
    app,
    endText(entry.outcome),
    becameOf(entry),
    segments?.some(({ doubtful }) => doubtful !== undefined) === true
      ? inLocale`doubtful: may be in another language`
      : '',
  ];
  const lines = [`${id}  ${about.filter(Boolean).join(' · ')}`];
  if (draft !== undefined && draft !== text) lines.push(`  ${inLocale`draft`.padEnd(LABEL_CHARACTERS)}  ${draft}`);
  if (text !== undefined && text !== '')
    lines.push(`  ${(isRefined(entry) ? inLocale`refined` : inLocale`draft`).padEnd(LABEL_CHARACTERS)}  ${text}`);
  if (correction !== undefined) lines.push(`  ${inLocale`corrected`.padEnd(LABEL_CHARACTERS)}  ${correction}`);
  if (error !== undefined) lines.push(`  ${toldError(error).message}`);
  return lines.join('\n');
}

/** Without a second reading the text is the draft. */
const isRefined = ({ refinedMs, polishedMs, draft, text }: HistoryEntry): boolean =>
  refinedMs !== undefined || polishedMs !== undefined || text !== draft;

const lefts = {
  refined: 'undone: the refined text stands',
  draft: 'undone: the draft stands',
  nothing: 'undone',
} as const;

function becameOf({ secret, left, edits, mode, retryOf, profile, model }: HistoryEntry): string {
  if (secret === true) return inLocale`a password field`;
  if (left !== undefined) return told(lefts[left]);
  // Nobody asked for it to be inserted.
  if (mode === 'retry') return inLocale`${retryOf} read again by ${model ?? inLocale`the profile ${profile}`}`;
  return editsText(edits);
}
