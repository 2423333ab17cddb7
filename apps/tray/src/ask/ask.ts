// What becomes of the daemon's answer when the user asked it for something.

import type { Client, MethodName, Params, RemoteOutcome, Result } from '@voiceinput/client';
import type { Messages } from '../messages/messages.ts';
import { findingsNote } from '../notify/note.ts';
import type { Note } from '../notify/matter.ts';
import { withView } from '../state/known.ts';
import type { Known } from '../state/known.ts';

/** What an answer changes, and what is said of it. */
export interface Answered {
  readonly change?: (known: Known) => Known;
  readonly note?: Note;
}

type Answers = { readonly [M in MethodName]?: (result: Result<M>, messages: Messages) => Answered };

/** Rejects with the daemon's error. */
export async function ask<M extends MethodName>(
  client: Client,
  { method, params }: { readonly method: M; readonly params: Params<M> },
  messages: Messages,
): Promise<Answered> {
  const result = await client.call(method, params);
  const answer: ((result: Result<M>, messages: Messages) => Answered) | undefined = answers[method];
  return answer?.(result, messages) ?? {};
}

const answers: Answers = {
  set: (status) => ({ change: (known) => ({ ...known, status }) }),
  doctor: ({ findings }, messages) => ({
    change: (known) => ({ ...known, findings }),
    note: findingsNote(findings, messages),
  }),
  undo: ({ edits }, { notUndone, notUndoneBody }) =>
    edits.some(isDone) ? {} : { note: { summary: notUndone, body: notUndoneBody, isNeeded: true } },
  paste: ({ edit }, { notPasted, notPastedBody }) =>
    isDone(edit) ? { change: settled } : { note: { summary: notPasted, body: notPastedBody, isNeeded: true } },
  'commands/run': ({ text = '' }) =>
    text === '' ? {} : { note: { summary: 'VoiceInput', body: text, isNeeded: true } },
};

/** What was offered is in its place now. */
function settled(known: Known): Known {
  const { view } = known;
  return view.phase === 'offered' ? withView(known, { ...view, phase: 'refined' }) : known;
}

const isDone = ({ kind }: RemoteOutcome): boolean => kind === 'applied';
