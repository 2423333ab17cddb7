// The daemon's parts that need a desktop: the key that is held, and the clipboard.

import type { DictationSettings } from '@voiceinput/engine';
import { isDeepStrictEqual } from 'node:util';
import type { ErrorReport, SinkNeed } from '@voiceinput/plugin-api';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { openDesktop } from './desktop.ts';
import type { Desktop } from './desktop.ts';
import type { Broadcast } from '../answer/broadcast.ts';
import type { Dictations } from '../dictate/dictations.ts';
import { unclosed } from '../open/trouble.ts';
import type { KeysPort } from './keys.ts';
import { keyActions } from './press.ts';
import type { KeyActions } from './press.ts';
import { known, openTriggers } from './triggers.ts';
import type { Triggers } from './triggers.ts';

export interface DesktopParts {
  /** The key: as the desktop describes it, else as it is set; empty when none is. With why it does not work, or not as it should. */
  readonly key: { readonly name: string; readonly trouble?: ErrorReport };
  /** Why nothing can be inserted or copied. Absent while there is a desktop. */
  readonly displayTrouble: VoiceInputError | undefined;
  /** Puts a text on the clipboard. Rejects with `ERR_DISPLAY_MISSING`. */
  copy(text: string): Promise<void>;
  /** Opens anew what the settings name otherwise than before. Gives whether there was such a thing. */
  reopen(): Promise<boolean>;
  close(): Promise<void>;
}

export interface DesktopPartsPort extends Omit<KeysPort, 'actionsWith'> {
  readonly dictations: Dictations;
  readonly broadcast: Pick<Broadcast, 'listen'>;
  settings(): DictationSettings;
  /** Of the sink that is configured. */
  needs(): readonly SinkNeed[];
  warn(error: VoiceInputError): void;
}

/** Never rejects: without a desktop everything else works. */
export async function openDesktopParts(port: DesktopPartsPort, signal: AbortSignal): Promise<DesktopParts> {
  const { settings, warn } = port;
  const { actions, ...keys } = actionsOf(port);
  let displayTrouble: VoiceInputError | undefined;
  let desktop: Desktop | undefined;
  let triggers: Triggers;
  let wanted = wantedBy(port);

  async function open(): Promise<Desktop | undefined> {
    displayTrouble = undefined;
    try {
      const opened = await openDesktop({ ...settings(), needs: port.needs() }, signal);
      void opened.lost.then((reason) => {
        if (desktop !== opened) return;
        displayTrouble = reason;
        desktop = undefined;
        // Its release would never be heard.
        keys.gone();
        warn(reason);
      });
      return opened;
    } catch (error) {
      displayTrouble = known(error);
      return undefined;
    }
  }

  async function close(): Promise<void> {
    const closed = desktop;
    desktop = undefined;
    await closed?.close();
  }

  desktop = await open();
  triggers = await openTriggers({ ...port, desktop, actions, ...keys });
  // What it drops is ours; the dialog in front stays open.
  port.broadcast.listen(({ type, recording }) => {
    if (type !== 'state') return;
    desktop?.keepEscape(recording !== undefined);
    triggers.keepEscape(recording !== undefined);
  });
  return {
    get key() {
      const trouble = triggers.keyTrouble(displayTrouble);
      return { name: triggers.key, ...(trouble && { trouble: trouble.toJSON() }) };
    },
    get displayTrouble() {
      return displayTrouble;
    },
    async copy(text) {
      if (desktop === undefined)
        throw displayTrouble ?? new VoiceInputError('ERR_DISPLAY_MISSING', 'No clipboard is available.');
      await desktop.clipboard.put(text);
    },
    async reopen() {
      const before = wanted;
      wanted = wantedBy(port);
      if (isDeepStrictEqual(before, wanted)) return false;
      await triggers.close().catch((error: unknown) => warn(unclosed('The previous key', error)));
      // What was copied stays on the clipboard as long as the desktop is open.
      if (!isDeepStrictEqual(before.desktop, wanted.desktop)) {
        await close().catch((error: unknown) => warn(unclosed('The desktop', error)));
        desktop = await open();
      }
      triggers = await openTriggers({ ...port, desktop, actions, ...keys });
      const trouble = triggers.keyTrouble(displayTrouble);
      if (trouble !== undefined) warn(trouble);
      return true;
    },
    async close() {
      try {
        await triggers.close();
      } finally {
        await close();
      }
    },
  };
}

/** Of the key that is spoken with, and of others by their profiles. `gone`: of all of them, the keyboard. */
function actionsOf(port: DesktopPartsPort) {
  const actions = keyActions(port);
  const others = new Map<string | undefined, KeyActions>();
  return {
    actions,
    actionsWith(profile: string | undefined): KeyActions {
      const known = others.get(profile) ?? keyActions(port, profile);
      others.set(profile, known);
      return known;
    },
    gone: () => [actions, ...others.values()].forEach((each) => each.gone()),
  };
}

/** What is opened is for these. */
function wantedBy({ settings, needs }: Pick<DesktopPartsPort, 'settings' | 'needs'>) {
  const { key, moreKeys, undoKey, pasteKey, longestMs } = settings();
  return { keys: { key, moreKeys, undoKey, pasteKey }, desktop: { needs: needs(), longestMs } };
}
