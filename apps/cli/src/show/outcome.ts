// How people are told what became of a dictation and its edits: words for what programs get as codes.

import type { HistoryEntry, RemoteOutcome } from '@voiceinput/client';
import { errorTable } from '@voiceinput/plugin-api';
import type { ErrorCode } from '@voiceinput/plugin-api';

/** The codes of this project's sinks and its engine. */
const reasons: Readonly<Record<string, string>> = {
  busy: 'the application did not come to rest',
  'caret-moved': 'the cursor was moved',
  'changed-meanwhile': 'the text changed meanwhile',
  clicked: 'the mouse was clicked',
  'clipboard-unreadable': 'the clipboard could not be saved first',
  'deleted-before': 'text before it was deleted',
  'does-not-fit': 'the text there is another',
  entered: 'Enter was pressed',
  'field-gone': 'the text field is gone',
  'focus-changed': 'another window or field has the focus',
  'history-only': 'the daemon inserts into no window',
  'input-method': 'an input method was used',
  'key-held': 'a key was held down',
  'keys-not-heard': 'the keys that were sent did not arrive',
  'keys-not-seen': 'the keys that were sent were not seen',
  'keys-of-a-program': 'another program typed',
  'modifier-held': 'a key such as Ctrl or Shift was held',
  'no text': 'there is no text',
  'no-window': 'no window has the focus',
  'not-answering': 'the application did not answer',
  'not-known': 'whether the draft is there is not known',
  'not-readable': 'the field does not let its text be read',
  'not-typable': 'the keyboard has no key for some of it',
  'not-verified': 'the field does not show what was written',
  'not-watched': 'what happened in the field was not seen',
  'not-writable': 'the field cannot be written to',
  'paste-not-taken': 'the application did not take the paste',
  'right-to-left': 'text from right to left is not changed by keys',
  secret: 'it is a password field',
  shortcut: 'a key combination was used',
  stale: 'a newer text was there already',
  superseded: 'it was taken back before',
  'text-changed': 'the text in the field is another now',
  'too-far': 'the cursor is too far from it',
  'typed-between': 'something was typed into it meanwhile',
  'unknown-session': 'the place where it stands is not known any more',
  'user-edited': 'you have edited it',
};

const kinds: Readonly<Record<RemoteOutcome['kind'], string>> = {
  applied: 'in place',
  refused: 'not changed',
  offered: 'only in the history',
};

const ends: Readonly<Record<HistoryEntry['outcome'], string>> = {
  done: 'done',
  'no-speech': 'no speech',
  cancelled: 'dropped',
  failed: 'failed',
};

/** What a sink of somebody else says stays as it is. */
export function reasonText(reason: string): string {
  return reasons[reason] ?? errorTable[reason as ErrorCode]?.summary.replace(/\.$/, '') ?? reason;
}

/** `in place`, or `2 in place, 1 only in the history (you have edited it)`. */
export function editsText(edits: readonly RemoteOutcome[]): string {
  const found = [...new Set(edits.map(({ kind }) => kind))];
  return found
    .map((kind) => {
      const some = edits.filter((edit) => edit.kind === kind);
      const count = edits.length === 1 ? '' : `${some.length} `;
      const why = reasonsOf(some);
      return `${count}${kinds[kind]}${why === '' ? '' : ` (${why})`}`;
    })
    .join(', ');
}

/** Each reason once. Empty without any. */
export function reasonsOf(edits: readonly RemoteOutcome[]): string {
  return [...new Set(edits.flatMap(({ reason }) => (reason === undefined ? [] : [reasonText(reason)])))].join(', ');
}

/** How a dictation ended. */
export function endText(outcome: string): string {
  return Object.hasOwn(ends, outcome) ? ends[outcome as HistoryEntry['outcome']] : outcome;
}

interface Undone {
  readonly edits: readonly RemoteOutcome[];
  readonly left?: 'draft' | 'nothing' | undefined;
}

export function undoText({ edits, left }: Undone): string {
  if (edits.length === 0) return 'There is nothing to take back.';
  const stayed = edits.filter(({ kind }) => kind !== 'applied');
  const why = reasonsOf(stayed) === '' ? '' : `: ${reasonsOf(stayed)}`;
  if (stayed.length === edits.length) return `Nothing was taken back${why}.`;
  const done = left === 'draft' ? 'The draft is back' : 'The dictation is gone from the field';
  return stayed.length === 0 ? `${done}.` : `${done}, but ${stayed.length} of ${edits.length} parts stayed${why}.`;
}

export function pasteText({ kind, reason }: RemoteOutcome): string {
  if (kind === 'applied') return 'It is inserted.';
  return reason === undefined ? 'It was not inserted.' : `It was not inserted: ${reasonText(reason)}.`;
}
