// Which of the daemon's lists are asked for anew, and after what.

import type { Client, DaemonEvent } from '@voiceinput/client';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import type { Known } from '../state/known.ts';
import type { Room } from '../state/room.ts';
import { asKnown } from './failure.ts';
import type { Link } from './link.ts';

const SHOWN_DICTATIONS = 10;

export type List = 'status' | 'entries' | 'devices' | 'models' | 'commands';

export const everyList: readonly List[] = ['status', 'entries', 'devices', 'models', 'commands'];

const lists: { readonly [L in List]: (client: Client) => Promise<Partial<Known>> } = {
  status: async (client) => ({ status: await client.call('status', {}) }),
  entries: async (client) => ({ entries: (await client.call('history/list', { limit: SHOWN_DICTATIONS })).entries }),
  devices: async (client) => ({ devices: (await client.call('microphones', {})).devices }),
  models: async (client) => ({ models: (await client.call('models/list', {})).models }),
  commands: async (client) => ({ commands: (await client.call('commands/list', {})).commands }),
};

interface Port {
  readonly link: Link;
  readonly room: Room;
  warn(error: VoiceInputError): void;
}

/** Asks for a list anew; without a connection nothing happens. */
export function refresherOf({ link, room, warn }: Port): (list: List) => void {
  return (list) => {
    const { client } = link;
    if (client === undefined) return;
    lists[list](client).then(
      (changes) => {
        if (link.client === client) room.change((known) => ({ ...known, ...changes }));
      },
      // That a daemon goes away is told where the connection ends.
      (error: unknown) => {
        if (link.client === client) warn(asKnown(error));
      },
    );
  };
}

/** What an event makes old. */
export function listsAfter({ type }: DaemonEvent): readonly List[] {
  switch (type) {
    case 'ready':
      return everyList;
    case 'settings':
      return ['status', 'commands'];
    case 'troubles':
      return ['status'];
    case 'history':
    case 'history-changed':
    case 'drafted':
    case 'recovered':
      return ['entries'];
    case 'model-ended':
      return ['models'];
    default:
      return [];
  }
}

/** How far the fetching of models is after an event; one whose fetching is over, well or not, is not among them. */
export function fetchingAfter(fetching: Known['fetching'], event: DaemonEvent): Known['fetching'] {
  const { type, id, doneBytes, totalBytes } = event as DaemonEvent & Readonly<Record<string, unknown>>;
  if (typeof id !== 'string') return fetching;
  if (type === 'model' && typeof doneBytes === 'number' && typeof totalBytes === 'number')
    return { ...fetching, [id]: doneBytes / totalBytes };
  if (type !== 'model-ended') return fetching;
  const { [id]: _over, ...others } = fetching;
  return others;
}
