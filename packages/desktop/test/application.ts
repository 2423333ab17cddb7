// How another program behaves that copies, pastes, or looks at all that is copied, as clipboard managers do.

import { setTimeout as sleep } from 'node:timers/promises';
import type { XEvent } from 'x11';
import x11 from 'x11';
import { never } from '@voiceinput/testkit';
import { openClipboard } from '../src/clipboard/clipboard.ts';
import { secretContentsOf, words } from '../src/clipboard/contents.ts';
import { createReading } from '../src/clipboard/read.ts';
import { createServing } from '../src/clipboard/serving.ts';
import { ask, openConnection } from '../src/connection.ts';

export interface Application {
  readonly windowId: number;
  copy(text: string): Promise<void>;
  /** Copies and then answers nobody, as a program that hangs. */
  copyAndHang(): Promise<void>;
  /** Whether nobody copied anything since it hangs. */
  isHangingOwner(): Promise<boolean>;
  /** What is in the clipboard, in a form of text. */
  paste(target?: string): Promise<string | undefined>;
  /** The texts that it looked at. */
  readonly seen: readonly string[];
  /** Fetches whatever is copied from now on. */
  lookAtAll(): AbortController;
  /** Fetches whatever is copied, and is then its owner. */
  takeAllOver(): AbortController;
  /** Copies a text that it calls a secret. */
  copySecret(text: string): Promise<void>;
  /** Stands still: answers no question of how far it has come until `goOn`. */
  standStill(): void;
  goOn(): void;
  close(): Promise<void>;
}

const LOOK_EVERY_MS = 3;

/** To whom a toolkit's programs answer how far they have come: those who hear this of the root window. */
const ANSWERS = { gtk: x11.eventMask.SubstructureNotify, qt5: x11.eventMask.StructureNotify } as const;

/** A program with a connection of its own to the display of `DISPLAY`; it says how far it has come when it is asked. */
export async function openApplication(toolkit: keyof typeof ANSWERS = 'gtk'): Promise<Application> {
  const connection = await openConnection(never);
  const { client, root } = connection;
  const clipboard = await openClipboard(connection);
  const windowId = client.AllocID();
  client.CreateWindow(windowId, root, 0, 0, 1, 1, 0, 0, 0, 0, { eventMask: x11.eventMask.PropertyChange });
  const reading = await createReading(connection, windowId);
  const selection = await connection.atom('CLIPBOARD');
  const seen: string[] = [];

  const [protocols, ping] = await Promise.all(['WM_PROTOCOLS', '_NET_WM_PING'].map((name) => connection.atom(name)));
  client.ChangeProperty(0, windowId, protocols!, await connection.atom('ATOM'), 32, words([ping!]));
  await client.sync();
  const utf8 = await connection.atom('UTF8_STRING');
  const held: XEvent[] = [];
  let stands = false;

  client.on('event', (event: XEvent) => {
    if (event.name === 'ClientMessage' && event.data?.[0] === ping) held.push(event);
    if (!stands) answerAll();
  });

  function answerAll(): void {
    for (const { data = [] } of held.splice(0))
      client.SendClientMessage(root, root, protocols!, 32, data, ANSWERS[toolkit]);
    void client.flush();
  }

  const textOf = async (target: number): Promise<string | undefined> =>
    (await owner()) === 0 ? undefined : (await reading.form(selection, target))?.toString('utf8');
  const owner = (): Promise<number> => ask<number>((answer) => client.GetSelectionOwner(selection, answer));

  function follow(take: boolean): AbortController {
    const ending = new AbortController();
    void (async () => {
      // Its own is the one it made last.
      for (let known = -1; !ending.signal.aborted; await sleep(LOOK_EVERY_MS)) {
        const now = await owner();
        if (now === known) continue;
        known = now;
        const text = now === 0 ? undefined : await textOf(utf8);
        if (text === undefined) continue;
        seen.push(text);
        if (!take) continue;
        await clipboard.put(text);
        known = await owner();
      }
    })();
    return ending;
  }

  return {
    windowId,
    seen,
    copy: (text) => clipboard.put(text),
    async copyAndHang() {
      client.SetSelectionOwner(windowId, selection, 0);
      await client.sync();
    },
    isHangingOwner: async () => (await owner()) === windowId,
    async paste(target = 'UTF8_STRING') {
      return textOf(await connection.atom(target));
    },
    lookAtAll: () => follow(false),
    takeAllOver: () => follow(true),
    copySecret: async (text) => {
      const serving = await createServing(connection, windowId);
      await serving.own(selection, await secretContentsOf(text, connection));
    },
    standStill: () => void (stands = true),
    goOn() {
      stands = false;
      answerAll();
    },
    close: () => connection.close(),
  };
}
