// What is opened together where there is no X11 to talk to, once for all who want it in this process.

import { openConnection } from '../connection.ts';
import { ExpectedKeys } from './expected-keys.ts';
import { openHook } from './hook.ts';
import type { Hook } from './hook.ts';
import { isTypedCode } from './key-codes.ts';
import { openKeys } from './keys.ts';
import type { Keys } from './keys.ts';
import { textClipboard } from './text-clipboard.ts';
import type { TextClipboard } from './text-clipboard.ts';

/** Keys, mouse and clipboard of macOS, Windows and, for trying it out, X11. */
export interface PortableDesktop {
  readonly input: Pick<Hook, 'watch'>;
  readonly keys: Keys;
  readonly clipboard: TextClipboard;
  close(): Promise<void>;
}

interface Opened extends Omit<PortableDesktop, 'close'> {
  close(): Promise<void>;
}

let opened: Promise<Opened> | undefined;
let users = 0;

/** Rejects with `ERR_DISPLAY_MISSING` on X11 without a display, with `ERR_DESKTOP` where the system does not allow it. */
export async function openPortableDesktop(signal: AbortSignal): Promise<PortableDesktop> {
  signal.throwIfAborted();
  users += 1;
  opened ??= open(signal);
  try {
    const { input, keys, clipboard } = await opened;
    let isClosed = false;
    return {
      input,
      keys,
      clipboard,
      async close() {
        if (isClosed) return;
        isClosed = true;
        await leave();
      },
    };
  } catch (error) {
    await leave();
    throw error;
  }
}

/** The last one closes. */
async function leave(): Promise<void> {
  users -= 1;
  if (users > 0) return;
  const last = opened;
  opened = undefined;
  await (await last?.catch(() => undefined))?.close();
}

/** The clipboard alone, for which nothing has to be allowed. Rejects with `ERR_DISPLAY_MISSING` on X11 without a display. */
export async function openTextClipboard(signal: AbortSignal): Promise<TextClipboard> {
  signal.throwIfAborted();
  // Without a display, some of the packages end the process when they are loaded.
  if (process.platform === 'linux') await (await openConnection(signal)).close();
  const { Clipboard } = await import('@napi-rs/clipboard');
  return textClipboard(new Clipboard());
}

async function open(signal: AbortSignal): Promise<Opened> {
  const clipboard = await openTextClipboard(signal);
  const expected = new ExpectedKeys(isTypedCode);
  const keys = await openKeys(expected);
  const hook = await openHook(expected);
  return {
    input: hook,
    keys,
    clipboard,
    async close() {
      await clipboard.close();
      hook.close();
    },
  };
}
