// How people are told what became of a dictation and its edits: words for what programs get as codes.

import type { HistoryEntry, RemoteOutcome, Result } from '@voiceinput/client';
import { inLocale, told } from '../messages/in-locale.ts';

const kinds: Readonly<Record<RemoteOutcome['kind'], string>> = {
  applied: 'inserted',
  refused: 'not changed',
  offered: 'only in the history',
};

const ends: Readonly<Record<HistoryEntry['outcome'], string>> = {
  done: 'done',
  'no-speech': 'no speech',
  cancelled: 'cancelled',
  failed: 'failed',
  reading: 'being transcribed',
};

/** `inserted`, or `2 parts inserted, 1 part only in the history (you have edited it)`. */
export function editsText(edits: readonly RemoteOutcome[]): string {
  const found = [...new Set(edits.map(({ kind }) => kind))];
  return found
    .map((kind) => {
      const some = edits.filter((edit) => edit.kind === kind);
      const count = edits.length === 1 ? '' : some.length === 1 ? inLocale`1 part ` : inLocale`${some.length} parts `;
      const why = reasonsOf(some);
      return `${count}${told(kinds[kind])}${why === '' ? '' : ` (${why})`}`;
    })
    .join(', ');
}

/** Each reason once. Empty without any. */
export function reasonsOf(edits: readonly RemoteOutcome[]): string {
  return [...new Set(edits.flatMap((edit) => reasonOf(edit) ?? []))].join(', ');
}

/** How a dictation ended. */
export function endText(outcome: string): string {
  return Object.hasOwn(ends, outcome) ? told(ends[outcome as HistoryEntry['outcome']]) : outcome;
}

const TRY_THERE = 'Try Ctrl+Z in the application.';

interface Undone {
  readonly edits: readonly RemoteOutcome[];
  readonly left?: Result<'undo'>['left'];
}

const backTexts = { refined: 'The refined text is back', draft: 'The draft is back' } as const;

export function undoText({ edits, left }: Undone): string {
  if (edits.length === 0) return inLocale`Nothing to undo.`;
  const stayed = edits.filter(({ kind }) => kind !== 'applied');
  const why = reasonsOf(stayed) === '' ? '' : `: ${reasonsOf(stayed)}`;
  if (stayed.length === edits.length) return inLocale`Nothing was undone${why}. ${told(TRY_THERE)}`;
  const done = left === undefined || left === 'nothing' ? inLocale`The dictation was removed` : told(backTexts[left]);
  return stayed.length === 0
    ? `${done}.`
    : inLocale`${done}, but ${stayed.length} of ${edits.length} parts remain${why}.`;
}

type Pasted = Pick<Result<'paste'>, 'edit' | 'wouldCopy'>;

/** What became of a text from the history. */
export function pasteText({ edit, wouldCopy = false }: Pasted): string {
  if (edit.kind === 'applied') return inLocale`Inserted.`;
  const reason = reasonOf(edit);
  const why = reason === undefined ? '' : ` (${reason})`;
  if (wouldCopy)
    return inLocale`Its draft stands in the text and could not be replaced${why}. To add a copy, use --copy.`;
  return reason === undefined ? inLocale`Not inserted.` : inLocale`Not inserted: ${reason}.`;
}

/** What nobody has words for is told as the sink named it. */
function reasonOf({ reason, explanation }: RemoteOutcome): string | undefined {
  const why = explanation ?? reason;
  return why === undefined ? undefined : told(why);
}
