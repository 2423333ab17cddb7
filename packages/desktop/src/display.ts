// Decides what of a display is opened together, and in which order it is closed.

import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import { openClipboard } from './clipboard/clipboard.ts';
import type { Clipboard } from './clipboard/clipboard.ts';
import { openConnection } from './connection.ts';
import { openInput } from './input.ts';
import type { Input } from './input.ts';
import { openKeyboard } from './keys/keyboard.ts';
import type { Keyboard } from './keys/keyboard.ts';
import { openKeptKeys } from './keys/kept.ts';
import type { KeptKeys } from './keys/kept.ts';
import { activeWindow } from './windows.ts';
import type { ActiveWindow } from './windows.ts';

export interface Display {
  readonly keyboard: Keyboard;
  readonly input: Input;
  readonly keptKeys: KeptKeys;
  readonly clipboard: Clipboard;
  /** Absent when no window has the focus. */
  activeWindow(): Promise<ActiveWindow | undefined>;
  /** Settles when the display is gone. */
  readonly lost: Promise<VoiceInputError>;
  close(): Promise<void>;
}

/** Rejects with `ERR_DISPLAY_MISSING`. */
export async function openDisplay(signal: AbortSignal): Promise<Display> {
  const connection = await openConnection(signal);
  try {
    const keyboard = await openKeyboard(connection);
    const input = await openInput(connection);
    const keptKeys = await openKeptKeys(connection, keyboard.keymap);
    const clipboard = await openClipboard(connection);
    const giveBack = async (): Promise<void> => {
      await clipboard.close();
      await keptKeys.giveBack();
      await keyboard.close();
    };
    return {
      keyboard,
      input,
      keptKeys,
      clipboard,
      activeWindow: () => activeWindow(connection),
      lost: connection.lost,
      async close() {
        // A display that is gone answers nothing any more.
        await Promise.race([giveBack(), connection.lost]);
        await connection.close();
      },
    };
  } catch (error) {
    await connection.close();
    if (isVoiceInputError(error)) throw error;
    throw new VoiceInputError('ERR_DISPLAY_MISSING', `The display cannot be used: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
