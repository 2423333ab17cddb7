// When the desktop has no portal for keys, and what is said then.

import { DBusError } from '@particle/dbus-next';
import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import { openBus } from '../bus/bus.ts';
import { ANSWER_MS, PORTAL, PORTAL_PATH } from './identity.ts';
import { byHand, SHORTCUTS } from './request.ts';

/** Why no key can be asked for, without asking for one: `ERR_DESKTOP`. Absent when one can. */
export async function missingPortal(): Promise<VoiceInputError | undefined> {
  try {
    const bus = await openBus({ answerMs: ANSWER_MS });
    try {
      const get = { interface: 'org.freedesktop.DBus.Properties', member: 'Get', signature: 'ss' };
      await bus.call({ destination: PORTAL, path: PORTAL_PATH, ...get, body: [SHORTCUTS, 'version'] });
      return undefined;
    } finally {
      bus.close();
    }
  } catch (error) {
    if (!isVoiceInputError(error)) throw error;
    return isUnknown(error) ? missing(error) : error;
  }
}

/** Nobody answers, or somebody who does not know shortcuts. */
export function isUnknown(error: unknown): boolean {
  if (!isVoiceInputError(error) || !(error.cause instanceof DBusError)) return false;
  return /\.(ServiceUnknown|NameHasNoOwner|Unknown(Method|Interface|Object|Property)|InvalidArgs|Spawn\.\w+)$/.test(
    error.cause.type,
  );
}

export function missing(cause: unknown): VoiceInputError {
  return new VoiceInputError(
    'ERR_DESKTOP',
    'This desktop does not let programs have a global key (no GlobalShortcuts portal).',
    {
      hint: `${byHand} To see how: voiceinput keys`,
      cause,
    },
  );
}
