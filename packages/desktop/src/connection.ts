// How the display is reached, and what is said when it is not or goes away.

import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import x11 from 'x11';
import type { Answer, XClient, XDisplay, XScreen } from 'x11';

/** What belongs together goes out in one write, however long it took to gather it: thousands of keys. */
const LONGEST_WRITE_BYTES = 512 * 1024;
/** Up to here atoms are the same everywhere (X11 protocol, appendix B). */
const LAST_STANDARD_ATOM = 68;

export interface Connection {
  readonly client: XClient;
  /** As in `DISPLAY`. */
  readonly name: string;
  readonly screen: XScreen;
  readonly root: number;
  readonly firstKeycode: number;
  readonly lastKeycode: number;
  /** Settles when the display is gone; never after `close`. */
  readonly lost: Promise<VoiceInputError>;
  /** What `work` gives. Rejects with `ERR_DISPLAY_MISSING` when the display goes away, or is closed, before: it never answers then. */
  whileThere<T>(work: () => Promise<T>): Promise<T>;
  /** Whether two windows, or other resources, were made by the same program. */
  isSameClient(one: number, other: number): boolean;
  /** The number that stands for a name. */
  atom(name: string): Promise<number>;
  close(): Promise<void>;
}

/** On Wayland no program hears keys of other windows, over XWayland either. */
export function isWayland(): boolean {
  return (process.env['WAYLAND_DISPLAY'] ?? '') !== '';
}

/** To the display `name`, by itself the one in `DISPLAY`. Rejects with `ERR_DISPLAY_MISSING`. */
export async function openConnection(signal: AbortSignal, name = displayName()): Promise<Connection> {
  signal.throwIfAborted();
  const display = await reach(name);
  const { client } = display;
  // The package shares one table between all displays, but a number means something else on each.
  client.atoms = Object.fromEntries(Object.entries(client.atoms).filter(([, number]) => number <= LAST_STANDARD_ATOM));
  const atoms = new Map<string, Promise<number>>();
  const waiting = new Set<(reason: VoiceInputError) => void>();
  let over: VoiceInputError | undefined;
  let closing = false;
  /** Whoever waits for an answer hears that none will come. */
  function end(why: string): VoiceInputError {
    over ??= new VoiceInputError('ERR_DISPLAY_MISSING', why);
    for (const reject of waiting) reject(over);
    return over;
  }
  const lost = new Promise<VoiceInputError>((resolve) => {
    const gone = (): void => {
      if (!closing && over === undefined) resolve(end('The connection to the display was lost.'));
    };
    client.on('end', gone);
    client.on('close', gone);
    client.on('error', (error: Error & { readonly syscall?: string }) => {
      // A window that was closed meanwhile answers with an error; only the socket's own mean the end.
      if (error.syscall !== undefined) gone();
    });
  });
  return {
    client,
    name,
    screen: display.screen[0]!,
    root: display.screen[0]!.root,
    firstKeycode: display.min_keycode,
    lastKeycode: display.max_keycode,
    lost,
    async whileThere(work) {
      if (over !== undefined) throw over;
      let reject = (_reason: VoiceInputError): void => undefined;
      const gone = new Promise<never>((_, fail) => (reject = fail));
      waiting.add(reject);
      try {
        return await Promise.race([work(), gone]);
      } finally {
        waiting.delete(reject);
      }
    },
    // The bits above the mask are the client's (X11 protocol, "Connection Setup").
    isSameClient: (one, other) => ((one ^ other) & ~display.resource_mask) === 0,
    atom(name) {
      const known = atoms.get(name) ?? ask<number>((answer) => client.InternAtom(false, name, answer));
      atoms.set(name, known);
      return known;
    },
    async close() {
      if (closing) return;
      closing = true;
      client.terminate();
      end('The connection to the display was closed.');
    },
  };
}

/** Throws `ERR_DISPLAY_MISSING`. */
function displayName(): string {
  const name = process.env['DISPLAY'];
  if (name !== undefined && name !== '') return name;
  throw new VoiceInputError('ERR_DISPLAY_MISSING', 'No X11 display was found (DISPLAY is not set).', {
    ...(isWayland() && {
      hint: 'Windows of X11 need XWayland. Find your dictations with: voiceinput history',
    }),
  });
}

function reach(name: string): Promise<XDisplay> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void =>
      reject(
        new VoiceInputError('ERR_DISPLAY_MISSING', `The display ${name} cannot be reached: ${error.message}`, {
          cause: error,
        }),
      );
    try {
      const client = x11.createClient(
        { display: name, bufferRequests: { maxSize: LONGEST_WRITE_BYTES, maxDelay: Number.POSITIVE_INFINITY } },
        (error, display) => (error ? fail(error) : resolve(display)),
      );
      // A server that does not admit us is told as an event as well.
      client.on('error', fail);
    } catch (error) {
      fail(error as Error);
    }
  });
}

/** An answer as a promise. */
export function ask<T>(request: (answer: Answer<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => request((error, result) => (error ? reject(error) : resolve(result))));
}

/** For `catch`: what is gone has nothing to give back, and says itself that it is gone. */
export function unlessGone(error: unknown): void {
  if (!isVoiceInputError(error) || error.code !== 'ERR_DISPLAY_MISSING') throw error;
}
