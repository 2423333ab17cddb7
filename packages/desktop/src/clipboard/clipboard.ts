// How the clipboard is lent for a paste and given back, byte for byte (ICCCM 2).

import { setTimeout as sleep } from 'node:timers/promises';
import { createWorkQueue } from '@voiceinput/plugin-api';
import x11 from 'x11';
import type { Connection } from '../connection.ts';
import { openPings } from '../ping.ts';
import { contentsOf, secretContentsOf } from './contents.ts';
import type { Contents } from './contents.ts';
import { createReading } from './read.ts';
import { createServing } from './serving.ts';
import { watchTaking } from './taking.ts';
import type { Taking } from './taking.ts';

export interface Clipboard {
  /** The text that is there. Absent when there is none. */
  text(): Promise<string | undefined>;
  selected(): Promise<SelectedText>;
  /** Gives back the primary selection as it was before `work`, which selects something. */
  keepingSelection<T>(work: () => Promise<T>): Promise<T>;
  /** Puts a text there, to stay as long as this program runs. */
  put(text: string): Promise<void>;
  /**
   * Puts a text into both selections for a paste, and gives back what was there once it was fetched. An application
   * that is late gets this text or nothing, never what was there before. `signal` ends waiting: before the keys are
   * out it rejects, afterwards it gives what is known by then.
   */
  lend(loan: Loan, signal: AbortSignal): Promise<Lent>;
  close(): Promise<void>;
}

/** What is selected, as its application tells. */
export interface SelectedText {
  /** Absent where nothing is, its application does not answer, or calls it a secret. */
  readonly text?: string;
  /** Whether it is what we serve ourselves: nothing was selected since `keepingSelection` began. */
  readonly isOurs: boolean;
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
 * nobody knows. `untaken`: the application came to our keys and did not fetch it within a second. `open`: it has not
 * come to our keys yet, so what becomes of them is not known. Nothing was lent and `paste` not called: `unreadable`,
 * for what is there could not be given back, since its owner does not answer or calls it a secret; `busy`, for the
 * application does not answer, or an earlier paste into it is open.
 */
export type Lent = 'taken' | 'unseen' | 'untaken' | 'open' | 'unreadable' | 'busy';

const SELECTIONS = ['CLIPBOARD', 'PRIMARY'] as const;

/** An application that has come to our keys asks within this time, or not at all. */
const PASTE_DEADLINE_MS = 1_000;
/** So long a busy application is waited for, before the keys and after them. */
const PATIENCE_MS = 10_000;
/** Browsers say that they have come to a key when they have only handed it on to the process of the page. */
const HANDED_ON_MS = 4_000;
/** Whoever cannot say how far it has come may be late by so much. */
const UNTOLD_MS = 12_000;

interface Come {
  readonly how: 'answered' | 'unable';
  /** Host time. */
  readonly atMs: number;
}

/** A loan whose keys are out and that was not fetched yet. */
interface OpenLoan {
  readonly text: string;
  readonly windowId: number;
  readonly before: readonly (Contents | undefined)[];
  readonly taking: Taking;
}

export async function openClipboard(connection: Connection): Promise<Clipboard> {
  const { client, root, isSameClient } = connection;
  const atoms = await Promise.all(SELECTIONS.map((name) => connection.atom(name)));
  const [clipboardAtom, primaryAtom] = atoms;
  const wid = client.AllocID();
  client.CreateWindow(wid, root, -10, -10, 1, 1, 0, 0, 0, 0, { eventMask: x11.eventMask.PropertyChange });
  const reading = await createReading(connection, wid);
  const serving = await createServing(connection, wid);
  const pings = await openPings(connection);
  const closing = new AbortController();
  /** Loans that an application may still come for, each with its end. */
  const open = new Map<OpenLoan, Promise<unknown>>();
  const turns = createWorkQueue();

  /** Undefined when `work` is not done in time, or `signal` was aborted. */
  async function within<T>(work: Promise<T>, forMs: number, signal: AbortSignal): Promise<T | undefined> {
    const timer = new AbortController();
    const late = sleep(forMs, undefined, { signal: AbortSignal.any([signal, timer.signal]) }).catch(() => undefined);
    try {
      return await Promise.race([work, late]);
    } finally {
      timer.abort();
    }
  }

  /** Whether the application comes to all events that it was sent before. Whoever cannot say is believed to. */
  async function keepsUp(windowId: number, signal: AbortSignal): Promise<boolean> {
    const asking = new AbortController();
    const answer = pings.answered(windowId, AbortSignal.any([signal, asking.signal])).catch(() => undefined);
    const known = await within(answer, PATIENCE_MS, signal);
    asking.abort();
    return known !== undefined;
  }

  async function contentsIn(selection: number): Promise<Contents | 'unreadable' | undefined> {
    return (await serving.contents(selection)) ?? (await reading.all(selection));
  }

  async function keep(): Promise<(Contents | undefined)[] | 'unreadable'> {
    const before: (Contents | undefined)[] = [];
    for (const selection of atoms) {
      const kept = await contentsIn(selection);
      if (kept === 'unreadable') return kept;
      before.push(kept);
    }
    return before;
  }

  /** Gives back what was there. Gives whether another program had taken the loan over. */
  async function takeBack(selection: number, text: string, before: Contents | undefined): Promise<boolean> {
    const isOurs = (await serving.contents(selection)) !== undefined;
    // Somebody copied something meanwhile: that stays. A manager that copied the loan itself did not mean that.
    if (!isOurs && (await reading.text(selection)) !== text) return false;
    if (before !== undefined && before.size > 0) await serving.own(selection, before);
    else await serving.disown(selection);
    return !isOurs;
  }

  async function giveBack({ text, before, taking, windowId }: OpenLoan): Promise<boolean> {
    taking.stop();
    serving.except(windowId, undefined);
    let wasTakenOver = false;
    for (const [index, selection] of atoms.entries())
      if (await takeBack(selection, text, before[index])) wasTakenOver = true;
    return wasTakenOver;
  }

  async function lend({ text, windowId, paste }: Loan, signal: AbortSignal): Promise<Lent> {
    const isReady = openIn(windowId) === undefined && (await keepsUp(windowId, signal));
    signal.throwIfAborted();
    if (!isReady) return 'busy';
    const before = await keep();
    if (before === 'unreadable') return before;
    const contents = await secretContentsOf(text, connection);
    signal.throwIfAborted();
    const loan: OpenLoan = { text, windowId, before, taking: watchTaking(connection, serving, windowId) };
    for (const selection of atoms) await serving.own(selection, contents);
    const isOut = await paste().catch(async (error: unknown) => {
      await giveBack(loan);
      throw error;
    });
    const coming = isOut ? come(windowId) : undefined;
    const taken = isOut ? await within(loan.taking.taken, PASTE_DEADLINE_MS, closing.signal) : undefined;
    if (taken === undefined && coming !== undefined) return late(loan, { contents, coming, signal });
    const wasTakenOver = await giveBack(loan);
    return taken ?? (wasTakenOver ? 'unseen' : 'untaken');
  }

  /** When the application has come to all keys that it was sent, and whether it can say so. */
  async function come(windowId: number): Promise<Come> {
    const how = await pings.answered(windowId, closing.signal).catch(() => 'unable' as const);
    return { how, atMs: performance.now() };
  }

  /** Others get back what was there; the application alone still gets the loan, until it cannot come for it any more. */
  async function late(
    loan: OpenLoan,
    { contents, coming, signal }: { contents: Contents; coming: Promise<Come>; signal: AbortSignal },
  ): Promise<Lent> {
    const { windowId, before, taking } = loan;
    serving.except(windowId, contents);
    for (const [index, selection] of atoms.entries()) serving.exchange(selection, before[index] ?? new Map());
    const over = coming.then(({ how }) =>
      sleep(how === 'answered' ? HANDED_ON_MS : UNTOLD_MS, undefined, { signal: closing.signal }).catch(
        () => undefined,
      ),
    );
    const ending = Promise.race([taking.taken, over]).then(() => turns.add(() => giveBack(loan)));
    open.set(
      loan,
      ending.catch(() => undefined).finally(() => open.delete(loan)),
    );
    const known = await within(Promise.race([taking.taken, coming]), PATIENCE_MS, signal);
    if (known === undefined) return 'open';
    if (known === 'taken') return known;
    // It may have been stopped until now, and comes to our keys only just; who cannot say so may still be stopped.
    const isTold = known.how === 'answered';
    const restMs = Math.max(0, (isTold ? PASTE_DEADLINE_MS : HANDED_ON_MS) - (performance.now() - known.atMs));
    const inTheEnd = await within(taking.taken, restMs, signal);
    if (inTheEnd !== undefined) return inTheEnd;
    if (await isTakenOver(loan)) return 'unseen';
    return isTold ? 'untaken' : 'open';
  }

  /** Whether another program copied the loan, so that nobody can see who fetches it. */
  async function isTakenOver({ text }: OpenLoan): Promise<boolean> {
    for (const selection of atoms)
      if ((await serving.contents(selection)) === undefined && (await reading.text(selection)) === text) return true;
    return false;
  }

  /** The end of an earlier paste into the same application that is still open. */
  const openIn = (windowId: number): Promise<unknown> | undefined =>
    [...open].find(([loan]) => isSameClient(loan.windowId, windowId))?.[1];

  return {
    async text() {
      const own = await serving.contents(clipboardAtom!);
      const [content] = own?.values() ?? [];
      return own === undefined ? reading.text(clipboardAtom!) : content?.data.toString('utf8');
    },
    async selected() {
      const isOurs = (await serving.contents(primaryAtom!)) !== undefined;
      const text = isOurs ? undefined : await reading.text(primaryAtom!);
      return { isOurs, ...(text !== undefined && { text }) };
    },
    async keepingSelection(work) {
      const before = await turns.add(() => contentsIn(primaryAtom!));
      // What cannot be read cannot be given back.
      const kept = before === undefined || before === 'unreadable' ? new Map() : before;
      // Whoever selects something takes it from us.
      await turns.add(() => serving.own(primaryAtom!, kept));
      try {
        return await work();
      } finally {
        await turns.add(() => (kept.size > 0 ? serving.own(primaryAtom!, kept) : serving.disown(primaryAtom!)));
      }
    },
    put: async (text) => serving.own(clipboardAtom!, await contentsOf(text, connection)),
    async lend(loan, signal) {
      const earlier = openIn(loan.windowId);
      if (earlier !== undefined) await within(earlier, PATIENCE_MS, signal);
      return turns.add(() => lend(loan, signal));
    },
    async close() {
      closing.abort();
      await turns.drained();
    },
  };
}
