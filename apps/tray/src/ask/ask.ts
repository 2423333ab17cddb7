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
  paste: (result, messages) => (isDone(result.edit) ? { change: settled } : { note: notPastedNote(result, messages) }),
  'commands/run': ({ text = '' }) =>
    text === '' ? {} : { note: { summary: 'VoiceInput', body: text, isNeeded: true } },
};

/** Where the draft stands, a copy beside it has to be asked for. */
function notPastedNote({ sessionId, wouldCopy = false }: Result<'paste'>, messages: Messages): Note {
  const { notPasted, notPastedBody, notReplaced, notReplacedBody, pasteCopy } = messages;
  if (!wouldCopy) return { summary: notPasted, body: notPastedBody, isNeeded: true };
  const params = { id: sessionId, stage: 'refined', copy: true } as const;
  const actions = [{ label: pasteCopy, act: { method: 'paste', params } as const }];
  return { summary: notReplaced, body: notReplacedBody, isNeeded: true, actions };
}

/** What was offered is in its place now. */
function settled(known: Known): Known {
  const { view } = known;
  return view.phase === 'offered' ? withView(known, { ...view, phase: 'refined' }) : known;
}

const isDone = ({ kind }: RemoteOutcome): boolean => kind === 'applied';
