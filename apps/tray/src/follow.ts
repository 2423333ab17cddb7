// How the tray keeps up with the daemon: events, lists, losses, and the welcome at the first start, with the settings page where nothing is set up.

import { emptyView, follow, viewAfter, viewOfStatus } from '@voiceinput/client';
import type { Client, DaemonEvent, Status } from '@voiceinput/client';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import type { Acts } from './ask/acts.ts';
import { asKnown } from './ask/failure.ts';
import type { Link } from './ask/link.ts';
import { everyList, fetchingAfter, listsAfter } from './ask/refresh.ts';
import type { List } from './ask/refresh.ts';
import type { Messages } from './messages/messages.ts';
import { lostNote, welcomeNote } from './notify/note.ts';
import type { Matter, Note } from './notify/matter.ts';
import { withView } from './state/known.ts';
import type { Room } from './state/room.ts';

interface Port {
  readonly link: Link;
  readonly room: Room;
  readonly folder: string;
  readonly messages: Messages;
  readonly acts: Acts;
  readonly isWelcomed: boolean;
  /** Asks for a list anew. */
  refresh(list: List): void;
  tell(matter: Matter, note: Note | undefined): void;
  warn(error: VoiceInputError): void;
}

/** Settles when the signal is aborted. Rejects with `ERR_DAEMON_REFUSED`. */
export function followDaemon(port: Port, signal: AbortSignal): Promise<void> {
  const { link, room, folder, messages, acts, refresh, tell, warn } = port;
  let { isWelcomed } = port;

  function connected(client: Client, status: Status, isAnew: boolean): void {
    link.client = client;
    link.isAskedToQuit = false;
    tell('daemon', undefined);
    room.change((known) => {
      const view = viewOfStatus(status, isAnew ? emptyView : known.view);
      return { ...withView(known, view), status, fetching: {} };
    });
    for (const list of everyList) refresh(list);
    if (!isWelcomed) void welcome(client, status);
    isWelcomed = true;
  }

  async function welcome(client: Client, status: Status): Promise<void> {
    try {
      const { findings } = await client.call('doctor', {});
      room.change((known) => ({ ...known, findings }));
      tell('welcome', welcomeNote(status, findings, messages));
      await acts.prefer({ isWelcomed: true });
      // Nobody has set anything up yet.
      if (status.settingsFiles.length === 0) await acts.perform({ own: 'open-settings' });
    } catch (error) {
      if (!signal.aborted) warn(asKnown(error));
    }
  }

  function lost(): void {
    const wasThere = link.client !== undefined;
    link.client = undefined;
    // The dictation may go on when the daemon is found again.
    room.change((known) => withView(known, { ...known.view, connected: false }));
    if (wasThere && !link.isAskedToQuit) tell('daemon', lostNote(messages));
  }

  function heard(event: DaemonEvent): void {
    room.change((known) => ({
      ...withView(known, viewAfter(known.view, event)),
      fetching: fetchingAfter(known.fetching, event),
    }));
    for (const list of listsAfter(event)) refresh(list);
  }

  return follow({ client: 'tray', folder, text: true, connected, lost, heard }, signal);
}
