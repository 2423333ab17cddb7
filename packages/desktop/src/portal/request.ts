// How the portal is asked for something that the user may have to allow first.

import { randomUUID } from 'node:crypto';
import { Variant } from '@particle/dbus-next';
import { unlessAborted, VoiceInputError } from '@voiceinput/plugin-api';
import type { Bus, Signal } from '../bus/bus.ts';
import { FROM_PORTAL, PORTAL, PORTAL_PATH } from './identity.ts';

export const SHORTCUTS = 'org.freedesktop.portal.GlobalShortcuts';
const REQUEST = 'org.freedesktop.portal.Request';
/** What a `Response` begins with: https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Request.html */
const DONE = 0;
const CANCELLED = 1;

export type Results = Readonly<Record<string, Variant<unknown>>>;

export interface Asked {
  readonly bus: Bus;
  readonly member: string;
  readonly signature: string;
  /** The arguments; the last one is the request's options, with its token. */
  body(options: Results): readonly unknown[];
}

/**
 * Waits for the answer, which may be the user's; `abort` withdraws the question. Rejects with `ERR_DESKTOP` when it is
 * refused or cannot be asked.
 */
export async function request({ bus, member, signature, body }: Asked, abort: AbortSignal): Promise<Results> {
  abort.throwIfAborted();
  const token = tokenOf();
  const path = `${PORTAL_PATH}/request/${bus.name.slice(1).replaceAll('.', '_')}/${token}`;
  let hear: (signal: Signal) => void = () => undefined;
  const response = new Promise<readonly unknown[]>((resolve) => {
    hear = (signal) => {
      if (signal.path === path && signal.member === 'Response') resolve(signal.body);
    };
  });
  const deaf = await bus.listen([FROM_PORTAL], hear);
  try {
    const options = { handle_token: new Variant('s', token) };
    const target = { destination: PORTAL, path: PORTAL_PATH, interface: SHORTCUTS };
    await bus.call({ ...target, member, signature, body: body(options) });
    const [code, results] = await unlessAborted(Promise.race([response, broken(bus.lost)]), abort);
    if (code === DONE) return results as Results;
    throw refused(code === CANCELLED);
  } catch (error) {
    if (abort.aborted) {
      const close = { destination: PORTAL, path, interface: REQUEST, member: 'Close' };
      // Withdrawing an answered question is an error, and nobody's.
      void bus.call(close).catch(() => undefined);
    }
    throw error;
  } finally {
    deaf();
  }
}

/** A word that may be part of an object path. */
export function tokenOf(): string {
  return `voiceinput_${randomUUID().replaceAll('-', '')}`;
}

function refused(byUser: boolean): VoiceInputError {
  return byUser
    ? new VoiceInputError('ERR_DESKTOP', 'The dictation key was declined in the dialog of the desktop.', {
        hint: `Restart the daemon to be asked again, or ${BY_HAND}`,
      })
    : new VoiceInputError('ERR_DESKTOP', 'The desktop did not grant a dictation key.', { hint: byHand });
}

/** What works on every desktop. */
const BY_HAND = 'bind `voiceinput toggle` to a key in the keyboard settings of the desktop.';
export const byHand = BY_HAND.replace('bind', 'Bind');

async function broken(lost: Promise<VoiceInputError>): Promise<never> {
  throw await lost;
}
