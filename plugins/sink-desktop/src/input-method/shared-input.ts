// Our input method, as dictations share it: taken when the first begins, given back when the last has ended.

import { selectedIn } from '@voiceinput/desktop';
import type { Clipboard } from '@voiceinput/desktop';
import { openInputMethod } from '@voiceinput/desktop/input-method';
import type { Changed, InputClient, ClientText, InputMethod, MendingWay } from '@voiceinput/desktop/input-method';
import { isVoiceInputError } from '@voiceinput/plugin-api';
import { madeOf, wayFor } from './reach.ts';
import type { Made, Program } from './reach.ts';
import { TypedStretch } from './stretch.ts';
import type { PlannedChange } from './stretch.ts';

/** A window that our input method reaches. */
export interface Reached {
  readonly way: MendingWay;
  /** Whether its field is for passwords. */
  readonly isSecret: boolean;
}

/** Why our input method does not reach a window: ibus does not run, it does not serve the window, or nobody tried it there. */
export type Unreached = 'no-ibus' | 'not-served' | 'not-tried';

export interface SharedInput {
  /** A dictation begins that may need it. */
  enter(sessionId: string): void;
  /** Takes the keyboard for the dictations that began; or says why the window is not reached. */
  reach(program: Program): Promise<Reached | Unreached>;
  /** The dictation needs it no longer. */
  leave(sessionId: string): Promise<void>;
  /** The stretch before the caret of a window that is still known. */
  stretchIn(windowId: number): TypedStretch | undefined;
  /** Why the latest stretch is over. Absent when it is not, or there was none. */
  readonly endedBy: string | undefined;
  /** A new stretch: what stands before it is not known. */
  newStretch(windowId: number): Promise<TypedStretch>;
  change(stretch: TypedStretch, change: PlannedChange, way: MendingWay): Promise<Changed>;
  /** What the client tells of its text. Absent: nothing. */
  surroundings(): Promise<ClientText | undefined>;
  close(): Promise<void>;
}

/** The user's keys wait so long. */
const TOLD_IN = { stillMs: 80, nothingMs: 1_500, silentMs: 1_500 };
/** Where there is no ibus, not every dictation looks for it. */
const ASK_AGAIN_MS = 5_000;
/** Whoever dictates longer has the keyboard back. */
const MOST_MS = 300_000;

async function take(method: InputMethod | undefined, made: Made): Promise<InputClient | undefined> {
  return method?.take({ asksText: made === 'other' });
}

/** Without ibus no window is reached, and that is no failure. */
function unlessGone(error: unknown): undefined {
  if (!isVoiceInputError(error) || error.code !== 'ERR_DESKTOP') throw error;
}

/** Never fails: without ibus no window is reached. */
export async function openSharedInput(
  clipboard: Pick<Clipboard, 'selected' | 'keepingSelection'>,
): Promise<SharedInput> {
  const open = () => openInputMethod((question) => selectedIn(clipboard, { ...question, ...TOLD_IN }));
  let input: InputMethod | undefined = await open();
  let askedAtMs = performance.now();
  let current: { readonly windowId: number; readonly stretch: TypedStretch } | undefined;
  /** Dictations that need the keyboard, and what ends each if nobody else does. */
  const users = new Map<string, NodeJS.Timeout>();
  let end = listen();

  function listen(): () => void {
    return input?.hear((version, act) => current?.stretch.hear(version, act)) ?? (() => undefined);
  }

  async function reopened(): Promise<InputMethod | undefined> {
    if (input !== undefined || performance.now() - askedAtMs < ASK_AGAIN_MS) return input;
    askedAtMs = performance.now();
    input = await open();
    end = listen();
    return input;
  }

  async function leave(sessionId: string): Promise<void> {
    clearTimeout(users.get(sessionId));
    if (!users.delete(sessionId) || users.size > 0) return;
    current?.stretch.end('given-back');
    await input?.give();
  }

  return {
    enter: (sessionId) => void users.set(sessionId, setTimeout(() => void leave(sessionId), MOST_MS).unref()),
    async reach(program) {
      const made = madeOf(program);
      const method = await reopened();
      // An engine that was about to end is followed by another one.
      const client = await take(method, made)
        .catch(() => take(method, made))
        .catch(unlessGone);
      const way = client && wayFor(made, client);
      if (method === undefined) return 'no-ibus';
      if (client === undefined || way === undefined) {
        // Whoever dictates elsewhere still needs it.
        if (users.size <= 1) await method.give();
        return client === undefined ? 'not-served' : 'not-tried';
      }
      return { way, isSecret: client.isSecret };
    },
    leave,
    stretchIn: (windowId) =>
      current?.windowId === windowId && current.stretch.endedBy === undefined ? current.stretch : undefined,
    get endedBy() {
      return current?.stretch.endedBy;
    },
    async newStretch(windowId) {
      const { version } = await input!.surroundings();
      current = { windowId, stretch: new TypedStretch(version) };
      return current.stretch;
    },
    async change(stretch, change, way) {
      const { version, isBegun } = stretch;
      const { remove, insert } = change;
      const make = (): Promise<Changed> => {
        stretch.send(change);
        return input!.change({ version, begins: !isBegun, remove, insert, way });
      };
      return way === 'selected' && remove !== '' ? clipboard.keepingSelection(make) : make();
    },
    async surroundings() {
      return users.size > 0 ? input?.surroundings().catch(() => undefined) : undefined;
    },
    async close() {
      for (const timer of users.values()) clearTimeout(timer);
      end();
      await input?.close();
    },
  };
}
