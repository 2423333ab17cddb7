// How the clipboard is lent for a paste and given back, byte for byte (ICCCM 2).

import { setTimeout as sleep } from 'node:timers/promises';
import type { XEvent } from 'x11';
import x11 from 'x11';
import { ask } from '../connection.ts';
import type { Connection } from '../connection.ts';
import { handOver, isLarge } from './large.ts';
import { createReading } from './read.ts';
import { contentsOf, secretContentsOf, words } from './contents.ts';
import type { Contents } from './contents.ts';

/** Whoever pastes asks within this time, or not at all. */
const PASTE_DEADLINE_MS = 1_000;
/** Programs ask for several forms, one after the other; Chromium asks again which there are before it takes the text. */
const QUIET_MS = 120;

export interface Clipboard {
  /** The text that is there. Absent when there is none. */
  text(): Promise<string | undefined>;
  /** Puts a text there, to stay as long as this program runs. */
  put(text: string): Promise<void>;
  /** Puts a text into both selections for a paste, and gives back what was there once it was fetched. */
  lend(loan: Loan): Promise<Lent>;
  close(): Promise<void>;
}

export interface Loan {
  readonly text: string;
  /** A window of the application that pastes. What other applications fetch, such as a clipboard manager, does not count. */
  readonly windowId: number;
  /** Makes the application paste. False: it did not, so nobody has to be waited for. */
  paste(): Promise<boolean>;
}

/**
 * `taken`: the application fetched it. `unseen`: another program took the selections over and served the same text, so
 * nobody knows. `untaken`: the application did not fetch it within a second. `unreadable`: nothing was lent, for what is
 * there could not be given back: its owner does not answer.
 */
export type Lent = 'taken' | 'unseen' | 'untaken' | 'unreadable';

type Request = Pick<XEvent, 'requestor' | 'selection' | 'target' | 'property'>;

const SELECTIONS = ['CLIPBOARD', 'PRIMARY'] as const;

export async function openClipboard(connection: Connection): Promise<Clipboard> {
  const { client, root, isSameClient } = connection;
  const atoms = await Promise.all(SELECTIONS.map((name) => connection.atom(name)));
  const [clipboardAtom] = atoms;
  const [targets, atomType] = await Promise.all([connection.atom('TARGETS'), connection.atom('ATOM')]);
  const wid = client.AllocID();
  client.CreateWindow(wid, root, -10, -10, 1, 1, 0, 0, 0, 0, { eventMask: x11.eventMask.PropertyChange });
  const reading = await createReading(connection, wid);
  const served = new Map<number, Contents>();
  let fetched = (_requestor: number): void => undefined;
  let asked = (_requestor: number): void => undefined;
  let turn: Promise<unknown> = Promise.resolve();

  client.on('event', (event: XEvent) => {
    if (event.name === 'SelectionRequest' && event.owner === wid) void serve(event);
    if (event.name === 'SelectionClear' && event.owner === wid) served.delete(event.selection);
  });

  async function serve({ requestor, selection, target, property, time }: XEvent): Promise<void> {
    // Old programs leave the property out (ICCCM 2.2).
    const place = property || target;
    const isAnswered = await answer({ requestor, selection, target, property: place });
    client.SendEvent(requestor, 0, 0, {
      name: 'SelectionNotify',
      type: 31,
      seq: 0,
      time,
      requestor,
      selection,
      target,
      property: isAnswered ? place : 0,
    });
    void client.flush();
  }

  /** False where there is no such form. */
  async function answer({ requestor, selection, target, property }: Request): Promise<boolean> {
    const contents = served.get(selection);
    if (contents !== undefined && target === targets) {
      client.ChangeProperty(0, requestor, property, atomType, 32, words([targets, ...contents.keys()]));
      asked(requestor);
      return true;
    }
    const content = contents?.get(target);
    if (content === undefined) return false;
    if (isLarge(content)) await handOver(connection, content, { requestor, property });
    else client.ChangeProperty(0, requestor, property, content.type, content.units, content.data);
    fetched(requestor);
    return true;
  }

  async function own(selection: number, contents: Contents): Promise<void> {
    served.set(selection, contents);
    client.SetSelectionOwner(wid, selection, 0);
    await client.sync();
  }

  /** What we serve, as long as nobody else has taken the selection: the server knows it before we are told. */
  async function ownContents(selection: number): Promise<Contents | undefined> {
    const owner = await ask<number>((answer) => client.GetSelectionOwner(selection, answer));
    return owner === wid ? served.get(selection) : undefined;
  }

  /** Gives back what was there. Gives whether another program had taken the loan over. */
  async function takeBack(selection: number, text: string, before: Contents | undefined): Promise<boolean> {
    const isOurs = (await ownContents(selection)) !== undefined;
    // Somebody copied something meanwhile: that stays. A manager that copied the loan itself did not mean that.
    if (!isOurs && (await reading.text(selection)) !== text) return false;
    if (before !== undefined) await own(selection, before);
    else await disown(selection);
    return !isOurs;
  }

  async function disown(selection: number): Promise<void> {
    served.delete(selection);
    client.SetSelectionOwner(0, selection, 0);
    await client.sync();
  }

  async function lend({ text, windowId, paste }: Loan): Promise<Lent> {
    const before: (Contents | undefined)[] = [];
    for (const selection of atoms) {
      const kept = (await ownContents(selection)) ?? (await reading.all(selection));
      if (kept === 'unreadable') return kept;
      before.push(kept);
    }
    const contents = await secretContentsOf(text, connection);
    for (const selection of atoms) await own(selection, contents);
    const fetching = untilFetchedBy(windowId);
    let wasFetched = false;
    let wasTakenOver = false;
    try {
      wasFetched = (await paste()) && (await Promise.race([fetching, sleep(PASTE_DEADLINE_MS, false)]));
    } finally {
      for (const [index, selection] of atoms.entries())
        if (await takeBack(selection, text, before[index])) wasTakenOver = true;
    }
    if (wasFetched) return 'taken';
    return wasTakenOver ? 'unseen' : 'untaken';
  }

  /** Settles when the text was fetched and the application did not ask again for a while. */
  function untilFetchedBy(windowId: number): Promise<true> {
    return new Promise((resolve) => {
      let quiet: NodeJS.Timeout | undefined;
      const wait = (): void => {
        clearTimeout(quiet);
        quiet = setTimeout(() => resolve(true), QUIET_MS);
      };
      fetched = (requestor) => {
        if (isSameClient(requestor, windowId)) wait();
      };
      asked = (requestor) => {
        if (quiet !== undefined && isSameClient(requestor, windowId)) wait();
      };
    });
  }

  return {
    async text() {
      const own = await ownContents(clipboardAtom!);
      const [content] = own?.values() ?? [];
      return own === undefined ? reading.text(clipboardAtom!) : content?.data.toString('utf8');
    },
    put: async (text) => own(clipboardAtom!, await contentsOf(text, connection)),
    lend(loan) {
      const lent = turn.then(() => lend(loan));
      turn = lent.catch(() => undefined);
      return lent;
    },
    async close() {
      await turn;
    },
  };
}
