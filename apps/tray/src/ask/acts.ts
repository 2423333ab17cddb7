// What happens when the user chooses something: one request to the daemon, or one deed of the tray itself.

import { openSettingsPage, startDaemon } from '@voiceinput/client';
import type { Client } from '@voiceinput/client';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type { Act, OwnAct } from '../menu/item.ts';
import type { Messages } from '../messages/messages.ts';
import { failureNote } from '../notify/note.ts';
import type { Note } from '../notify/matter.ts';
import { writePreferences } from '../preferences.ts';
import type { Preferences } from '../preferences.ts';
import type { Room } from '../state/room.ts';
import { ask } from './ask.ts';
import type { Answered } from './ask.ts';
import { asKnown, isLost } from './failure.ts';
import type { Link } from './link.ts';
import { openSettings } from './settings-file.ts';

const nothing: Answered = {};

export interface Hands {
  readonly room: Room;
  readonly messages: Messages;
  /** Where the daemon's discovery file is. */
  readonly folder: string;
  readonly executable: readonly string[] | undefined;
  readonly link: Link;
  tell(note: Note): void;
  warn(error: VoiceInputError): void;
  /** Ends the tray. */
  quit(): void;
}

export interface Acts {
  /** Never rejects: what goes wrong is told. */
  perform(act: Act): Promise<void>;
  /** Never rejects. */
  startDaemon(): Promise<void>;
  /** Changes and keeps what the user wants to see. */
  prefer(change: Preferences): Promise<void>;
}

export function createActs(first: Preferences, hands: Hands, signal: AbortSignal): Acts {
  const { room, link, messages, folder, executable, tell, warn } = hands;
  let preferences = first;

  async function told(summary: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (signal.aborted) return;
      const known = asKnown(error);
      warn(known);
      tell(failureNote(summary, known, messages));
    }
  }

  function reached(): Client {
    const { client } = link;
    if (client === undefined) throw new VoiceInputError('ERR_DAEMON_MISSING', `${messages.absent}.`);
    return client;
  }

  async function asked(act: Exclude<Act, OwnAct>): Promise<void> {
    const client = reached();
    link.isAskedToQuit = act.method === 'quit';
    const { change, note } = await ask(client, act, messages).catch((error: unknown) => {
      // It went away before its answer: that is what was asked for.
      if (act.method === 'quit' && isLost(error)) return nothing;
      throw error;
    });
    if (change !== undefined) room.change(change);
    if (note !== undefined) tell(note);
  }

  async function own(act: OwnAct): Promise<void> {
    switch (act.own) {
      case 'start-daemon':
        return start();
      case 'open-settings':
        return openSettingsPage({ folder, ...(executable && { executable }) }, signal);
      case 'open-settings-file':
        return openSettings((await reached().call('settings/begin', {})).file, signal);
      case 'quit':
        return hands.quit();
      case 'notifications':
        room.change((known) => ({ ...known, notifications: act.value }));
        return prefer({ notifications: act.value });
      case 'overlay':
        room.change((known) => ({ ...known, overlay: act.value }));
        return prefer({ overlay: act.value });
    }
  }

  async function start(): Promise<void> {
    const options = { client: 'tray', folder, ...(executable && { executable }) };
    (await startDaemon(options, signal)).close();
  }

  async function prefer(change: Preferences): Promise<void> {
    preferences = { ...preferences, ...change };
    await writePreferences(folder, preferences);
  }

  return {
    perform: (act) => told(messages.notDone, () => ('own' in act ? own(act) : asked(act))),
    startDaemon: () => told(messages.notStarted, start),
    prefer: (change) => told(messages.notDone, () => prefer(change)),
  };
}
