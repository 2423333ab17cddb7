// How the tray reaches the session bus of the desktop, and hears of names on it.

import { openBus } from '@voiceinput/desktop/bus';
import type { Bus, Call } from '@voiceinput/desktop/bus';
import { VoiceInputError } from '@voiceinput/plugin-api';

/** An interface of an object of a program. */
export type Address = Pick<Call, 'destination' | 'path' | 'interface'>;

/** As long as the reference implementation waits: who shows notifications may have to be started first. */
const ANSWER_MS = 25_000;
const BUS: Address = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
};

/** The session bus. Rejects with `ERR_DISPLAY_MISSING` where there is none. */
export async function openSessionBus(signal: AbortSignal): Promise<Bus> {
  signal.throwIfAborted();
  try {
    return await openBus({ answerMs: ANSWER_MS });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new VoiceInputError('ERR_DISPLAY_MISSING', `The tray needs the session bus of a desktop: ${why}`, {
      hint: 'Start the tray inside a graphical session.',
      cause,
    });
  }
}

/** Calls `hear` with the body of every such signal from now on. */
export async function onSignal(
  bus: Bus,
  { address, member }: { address: Address; member: string },
  hear: (body: readonly unknown[]) => void,
): Promise<void> {
  const { path, interface: interfaceName } = address;
  const rule = `type='signal',interface='${interfaceName}',path='${path}',member='${member}'`;
  await bus.listen([rule], (signal) => {
    if (signal.interface === interfaceName && signal.path === path && signal.member === member) hear(signal.body);
  });
}

/** Calls `changed` now and whenever a program takes the name or gives it up. */
export async function watchName(bus: Bus, name: string, changed: (isThere: boolean) => void): Promise<void> {
  await onSignal(bus, { address: BUS, member: 'NameOwnerChanged' }, ([which, , owner]) => {
    if (which === name) changed(owner !== '');
  });
  const [isThere] = await bus.call({ ...BUS, member: 'NameHasOwner', signature: 's', body: [name] });
  changed(isThere === true);
}
