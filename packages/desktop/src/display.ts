// What of a display is opened together, and in which order it is closed.

import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import { openClipboard } from './clipboard/clipboard.ts';
import type { Clipboard } from './clipboard/clipboard.ts';
import { openConnection, unlessGone } from './connection.ts';
import type { Connection } from './connection.ts';
import { openInput } from './input.ts';
import type { Input } from './input.ts';
import { openKeyboard } from './keys/keyboard.ts';
import type { Keyboard } from './keys/keyboard.ts';
import { openKeptKeys } from './keys/kept.ts';
import type { KeptKeys } from './keys/kept.ts';
import { openKeptButtons } from './keys/kept-buttons.ts';
import type { KeptButtons } from './keys/kept-buttons.ts';
import { openKeySender } from './keys/sender.ts';
import type { KeySender } from './keys/sender.ts';
import { openSentKeys } from './keys/sent.ts';
import { activeWindow, isPointerOverNotice } from './windows.ts';
import type { ActiveWindow } from './windows.ts';

/** Whatever is asked of it rejects with `ERR_DISPLAY_MISSING` once it is gone. */
export interface Display {
  readonly keyboard: Keyboard;
  readonly input: Input;
  readonly keptKeys: KeptKeys;
  readonly keptButtons: KeptButtons;
  readonly clipboard: Clipboard;
  /** Absent when no window has the focus. */
  activeWindow(): Promise<ActiveWindow | undefined>;
  /** Whether the pointer is over a notification or a panel. */
  isPointerOverNotice(): Promise<boolean>;
  /** Settles when the display is gone. */
  readonly lost: Promise<VoiceInputError>;
  close(): Promise<void>;
}

/** Rejects with `ERR_DISPLAY_MISSING`. */
export async function openDisplay(signal: AbortSignal): Promise<Display> {
  const connection = await openConnection(signal);
  const sent = openSentKeys(connection.name);
  let sender: KeySender | undefined;
  let keeping: Connection | undefined;
  try {
    sender = await openKeySender(connection.name, signal);
    // Whoever grabs a key does not hear its release when it comes before the grab is over; all others do.
    keeping = await openConnection(signal, connection.name);
    const keyboard = await openKeyboard(connection, sender);
    const input = await openInput(connection, sent);
    const keptKeys = openKeptKeys(keeping, keyboard.modifierKeys);
    const keptButtons = openKeptButtons(keeping);
    const clipboard = await openClipboard(connection);
    const { whileThere } = connection;
    return {
      keyboard: {
        ...keyboard,
        prepare: (text, abort) => whileThere(() => keyboard.prepare(text, abort)),
        send: (steps, abort) => whileThere(() => keyboard.send(steps, abort)),
        down: () => whileThere(keyboard.down),
        releaseModifiers: () => whileThere(keyboard.releaseModifiers),
      },
      input,
      keptKeys: { ...keptKeys, keep: (chord) => whileThere(() => keptKeys.keep(chord)) },
      keptButtons: { ...keptButtons, keep: (button) => whileThere(() => keptButtons.keep(button)) },
      clipboard: {
        ...clipboard,
        text: () => whileThere(clipboard.text),
        selected: () => whileThere(clipboard.selected),
        put: (text) => whileThere(() => clipboard.put(text)),
        lend: (loan, abort) => whileThere(() => clipboard.lend(loan, abort)),
      },
      activeWindow: () => whileThere(() => activeWindow(connection)),
      isPointerOverNotice: () => whileThere(() => isPointerOverNotice(connection)),
      lost: connection.lost,
      async close() {
        await whileThere(async () => {
          await clipboard.close();
          await keptKeys.giveBack();
          await keyboard.close();
        }).catch(unlessGone);
        sent.close();
        await Promise.all([sender?.close(), keeping?.close()]);
        await connection.close();
      },
    };
  } catch (error) {
    sent.close();
    await Promise.all([sender?.close(), keeping?.close()]);
    await connection.close();
    if (isVoiceInputError(error)) throw error;
    throw new VoiceInputError('ERR_DISPLAY_MISSING', `The display cannot be used: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
