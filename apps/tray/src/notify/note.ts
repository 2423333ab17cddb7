// What a notification says, and when there is one.

import type { Finding, Status, View } from '@voiceinput/client';
import type { ErrorReport } from '@voiceinput/plugin-api';
import type { Messages } from '../messages/messages.ts';
import type { Known } from '../state/known.ts';
import { signOf, troublesOf } from '../state/known.ts';
import type { Note } from './matter.ts';

/** What is told of the newest dictation; absent when there is nothing to tell. */
export function dictationNote(known: Known, messages: Messages): Note | undefined {
  const { view, notifications } = known;
  const note = noteOf(view, known, messages);
  if (notifications === 'all' || (notifications === 'needed' && note?.isNeeded === true)) return note;
  return undefined;
}

function noteOf(view: View, known: Known, messages: Messages): Note | undefined {
  switch (signOf(known)) {
    case 'listening':
      return {
        summary: messages.listening,
        body: view.error === undefined ? '' : messages.told(view.error.message),
        isNeeded: view.error !== undefined,
      };
    case 'draft':
      return textNote(messages.draft, view.draft);
    case 'refining':
      return textNote(messages.refining, view.draft);
    case 'refined':
      return textNote(messages.refined, view.refined);
    case 'offered':
      return { summary: messages.offered, body: view.refined, isNeeded: true, actions: pasteOf(view, messages) };
    case 'no-speech':
      return { summary: messages['no-speech'], body: '', isNeeded: false };
    case 'error':
      return view.error === undefined
        ? { summary: messages.error, body: '', isNeeded: true }
        : failureNote(messages.error, view.error, messages);
    default:
      return undefined;
  }

  function textNote(summary: string, body: string): Note {
    return { summary: view.isDoubtful ? messages.doubtful : summary, body, isNeeded: view.isDoubtful };
  }
}

function pasteOf({ sessionId }: View, messages: Messages): NonNullable<Note['actions']> {
  if (sessionId === undefined) return [];
  return [{ label: messages.pasteRefined, act: { method: 'paste', params: { id: sessionId, stage: 'refined' } } }];
}

export function failureNote(
  summary: string,
  { message, hint }: Pick<ErrorReport, 'message' | 'hint'>,
  { told }: Messages,
): Note {
  return { summary, body: `${told(message)}\n${told(hint)}`.trim(), isNeeded: true };
}

/** The connection has gone. */
export function lostNote(messages: Messages): Note {
  const start = { label: messages.startDaemon, act: { own: 'start-daemon' } } as const;
  return { summary: messages.lost, body: messages.lostBody, isNeeded: true, actions: [start] };
}

/** What was found when this computer was checked. */
export function findingsNote(findings: readonly Finding[], messages: Messages): Note {
  return { summary: messages.doctor, body: found(findings, messages), isNeeded: true };
}

/** What somebody reads who starts the tray for the first time. */
export function welcomeNote(status: Status, findings: readonly Finding[], messages: Messages): Note {
  const { key, mode } = status;
  const { howHold: hold, howToggle: toggle, howHandsFree } = messages;
  const how = { hold, toggle, 'hands-free': howHandsFree }[mode];
  const isKeyed = key.name !== '' && key.trouble === undefined;
  const start = isKeyed ? [how(keyName(key.name, messages)), messages.howToChange] : [messages.howMenu];
  const trouble =
    key.trouble === undefined ? [] : [`• ${messages.told(key.trouble.message)} ${messages.told(key.trouble.hint)}`];
  return {
    summary: messages.welcome,
    body: [...start, found(findings, messages), ...trouble].join('\n'),
    isNeeded: true,
  };
}

/** What does not work as it should, as the daemon says of itself. Absent while everything does. */
export function troubleNote(status: Status | undefined, messages: Messages): Note | undefined {
  const troubles = troublesOf(status);
  if (troubles.length === 0) return undefined;
  const lines = troubles.map(({ message, hint }) => [message, hint].filter(Boolean).map(messages.told).join(' '));
  return { summary: messages.findings(troubles.length), body: lines.join('\n'), isNeeded: true };
}

/** As it is printed on keyboards, for a name of X11 such as `Control_R`, or several such as `Control+Alt+J`. */
function keyName(name: string, messages: Messages): string {
  const names = name.split('+').map((one) => {
    const [key = one, side] = one.split('_');
    const printed = /^control$/i.test(key) ? 'Ctrl' : key;
    if (side === 'R') return messages.rightKey(printed);
    return side === 'L' ? messages.leftKey(printed) : printed;
  });
  return names.join('+');
}

function found(findings: readonly Finding[], messages: Messages): string {
  const troubles = findings.filter(({ state }) => state !== 'works');
  if (troubles.length === 0) return messages.allWorks;
  const lines = troubles.map(
    ({ what, detail, fix }) =>
      `• ${messages.told(what)}: ${messages.told(detail)}${fix === undefined ? '' : ` → ${messages.told(fix)}`}`,
  );
  return [messages.toMend, ...lines].join('\n');
}
