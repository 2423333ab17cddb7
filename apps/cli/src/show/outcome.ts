// How people are told what became of a dictation and its edits: words for what programs get as codes.

import type { HistoryEntry, RemoteOutcome, Result } from '@voiceinput/client';
import { errorTable } from '@voiceinput/plugin-api';
import type { ErrorCode } from '@voiceinput/plugin-api';

/** The codes of this project's sinks and its engine. */
const reasons: Readonly<Record<string, string>> = {
  busy: 'the application stayed busy',
  'caret-moved': 'the cursor was moved',
  'changed-meanwhile': 'the text changed in the meantime',
  clicked: 'the mouse was clicked',
  'clipboard-unreadable': 'the clipboard could not be saved first',
  closed: 'it can no longer be changed',
  'deleted-before': 'text in front of it was deleted',
  'does-not-fit': 'the text there differs',
  entered: 'Enter was pressed',
  'field-gone': 'the text field is gone',
  'focus-changed': 'another window or field has the focus',
  'history-only': 'the daemon cannot type into windows',
  'input-method': 'an input method was used',
  'key-held': 'a key was held down',
  'keys-not-heard': 'the typed keys did not arrive',
  'keys-not-seen': 'the typed keys were not seen',
  'keys-of-a-program': 'another program typed',
  'modifier-held': 'a key such as Ctrl or Shift was held',
  'no text': 'there is no text',
  'no-window': 'no window has the focus',
  'not-answering': 'the application did not answer',
  'not-known': 'whether the draft is there is not known',
  'not-readable': 'the text field cannot be read; Ctrl+Z in the application may still work',
  'not-typable': 'the keyboard layout lacks some of its characters',
  'not-verified': 'the text field does not show what was typed',
  'not-watched': 'changes to the text field could not be observed',
  'not-writable': 'the text field is read-only',
  'paste-not-taken': 'the application did not accept the paste',
  'right-to-left': 'right-to-left text cannot be edited with keys',
  secret: 'it is a password field',
  shortcut: 'a key combination was used',
  stale: 'a newer version was already there',
  superseded: 'it was already undone',
  'text-changed': 'the text in the field has changed',
  'too-far': 'the cursor is too far from it',
  'typed-between': 'something was typed into it in the meantime',
  'unknown-session': 'its position is lost',
  'user-edited': 'you have edited it',
};

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
};

/** What a sink of somebody else says stays as it is. */
export function reasonText(reason: string): string {
  return reasons[reason] ?? errorTable[reason as ErrorCode]?.summary.replace(/\.$/, '') ?? reason;
}

/** `inserted`, or `2 parts inserted, 1 part only in the history (you have edited it)`. */
export function editsText(edits: readonly RemoteOutcome[]): string {
  const found = [...new Set(edits.map(({ kind }) => kind))];
  return found
    .map((kind) => {
      const some = edits.filter((edit) => edit.kind === kind);
      const count = edits.length === 1 ? '' : some.length === 1 ? '1 part ' : `${some.length} parts `;
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
  readonly left?: Result<'undo'>['left'];
}

const backTexts = { refined: 'The refined text is back', draft: 'The draft is back' } as const;

export function undoText({ edits, left }: Undone): string {
  if (edits.length === 0) return 'Nothing to undo.';
  const stayed = edits.filter(({ kind }) => kind !== 'applied');
  const why = reasonsOf(stayed) === '' ? '' : `: ${reasonsOf(stayed)}`;
  if (stayed.length === edits.length) return `Nothing was undone${why}.`;
  const done = left === undefined || left === 'nothing' ? 'The dictation was removed' : backTexts[left];
  return stayed.length === 0 ? `${done}.` : `${done}, but ${stayed.length} of ${edits.length} parts remain${why}.`;
}

export function pasteText({ kind, reason }: RemoteOutcome): string {
  if (kind === 'applied') return 'Inserted.';
  return reason === undefined ? 'Not inserted.' : `Not inserted: ${reasonText(reason)}.`;
}
