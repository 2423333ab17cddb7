// What the menu offers. Every item that belongs to the daemon is one request to it.

import type { Finding, Status } from '@voiceinput/client';
import type { Messages } from '../messages/messages.ts';
import type { Known } from '../state/known.ts';
import { signOf, troublesOf } from '../state/known.ts';
import { dictations } from './dictations.ts';
import { check, choice, radio, separator, submenu, words } from './item.ts';
import type { MenuItem, Notifications } from './item.ts';
import { noteWords } from './note-words.ts';
import { commands, microphones, models, profiles } from './lists.ts';

export function menuOf(known: Known, messages: Messages): readonly MenuItem[] {
  const ofTray = [separator, ...display(known, messages), separator, choice(messages.quitTray, { own: 'quit' })];
  const { status, view } = known;
  if (status === undefined || !view.connected)
    return [...headed(known, [choice(messages.startDaemon, { own: 'start-daemon' })], messages), ...ofTray];
  return [
    ...headed(known, dictation(known, messages), messages),
    separator,
    check(messages.hybrid, view.hybrid, { method: 'set', params: { hybrid: !view.hybrid } }),
    ...profiles(known, messages),
    ...microphones(known, messages),
    separator,
    dictations(known.entries, messages),
    ...models(known, messages),
    ...commands(known, messages),
    separator,
    choice(messages.openSettings, { own: 'open-settings' }),
    choice(messages.openSettingsFile, { own: 'open-settings-file' }),
    choice(messages.doctor, { method: 'doctor', params: {} }),
    ...troubles(known.status, messages),
    ...findings(known.findings ?? [], messages),
    ...ofTray,
    choice(messages.quitDaemon, { method: 'quit', params: {} }),
  ];
}

/** Where the menu says what notifications would, a click on the icon opens it: what is done most comes first. */
function headed(known: Known, deeds: readonly MenuItem[], messages: Messages): readonly MenuItem[] {
  const title = titleOf(known, messages);
  if (known.notes === undefined) return [words(title), ...deeds];
  return [...deeds, separator, words(title), ...noteWords(known.notes, title)];
}

/** What the icon says in words. */
export function titleOf(known: Known, messages: Messages): string {
  const sign = signOf(known);
  if (sign === 'idle' && known.status?.state === 'opening') return messages.opening;
  const count = troublesOf(known.status).length;
  return sign === 'idle' && count > 0 ? `${messages.idle} (${messages.findings(count)})` : messages[sign];
}

function dictation({ view }: Known, messages: Messages): readonly MenuItem[] {
  if (view.recording !== undefined)
    return [
      choice(messages.stopDictation, { method: 'stop', params: {} }),
      choice(messages.cancelDictation, { method: 'cancel', params: {} }),
    ];
  const start = choice(messages.startDictation, { method: 'start', params: { mode: 'toggle' } });
  if (view.phase !== 'offered' || view.sessionId === undefined) return [start];
  return [start, choice(messages.pasteRefined, { method: 'paste', params: { id: view.sessionId, stage: 'refined' } })];
}

function display({ notifications, overlay }: Known, messages: Messages): readonly MenuItem[] {
  const kinds: readonly (readonly [string, Notifications])[] = [
    [messages.notificationsAll, 'all'],
    [messages.notificationsNeeded, 'needed'],
    [messages.notificationsOff, 'off'],
  ];
  return [
    submenu(
      messages.notifications,
      kinds.map(([label, value]) => radio(label, value === notifications, { own: 'notifications', value })),
    ),
    ...(overlay === undefined ? [] : [check(messages.overlay, overlay, { own: 'overlay', value: !overlay })]),
  ];
}

function troubles(status: Status | undefined, messages: Messages): readonly MenuItem[] {
  return troublesOf(status).map(({ message, hint }) =>
    submenu(message, hint === '' ? [words(message)] : [words(messages.fix(hint))]),
  );
}

function findings(all: readonly Finding[], messages: Messages): readonly MenuItem[] {
  const troubles = all.filter(({ state }) => state !== 'works');
  if (troubles.length === 0) return [];
  const items = troubles.map(({ what, detail, fix }) =>
    submenu(messages.told(what), [
      words(messages.told(detail)),
      ...(fix === undefined ? [] : [words(messages.fix(messages.told(fix)))]),
    ]),
  );
  return [submenu(messages.findings(troubles.length), items)];
}
