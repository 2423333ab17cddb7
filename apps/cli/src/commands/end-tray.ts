// How the tray of this desktop session is ended, whoever started it: the session bus knows which process it is.

import { TRAY_NAME } from '@voiceinput/client';
import { isVoiceInputError } from '@voiceinput/plugin-api';
import { ENDING_MS, isGone } from './process-end.ts';

const ANSWER_MS = 2_000;
const BUS = 'org.freedesktop.DBus';

/** Settles when it has ended. Does nothing where none runs, or no session bus tells. */
export async function endTray(signal: AbortSignal): Promise<void> {
  const pid = process.platform === 'linux' ? await processOfTray() : undefined;
  if (pid === undefined) return;
  process.kill(pid, 'SIGTERM');
  await isGone(pid, ENDING_MS, signal);
}

async function processOfTray(): Promise<number | undefined> {
  const { openBus } = await import('@voiceinput/desktop/bus');
  try {
    const bus = await openBus({ answerMs: ANSWER_MS });
    try {
      const ask = { destination: BUS, path: '/org/freedesktop/DBus', interface: BUS, signature: 's' };
      const [pid] = await bus.call({ ...ask, member: 'GetConnectionUnixProcessID', body: [TRAY_NAME] });
      return Number(pid);
    } finally {
      bus.close();
    }
  } catch (error) {
    // Nobody has that name, or there is no bus.
    if (isVoiceInputError(error)) return undefined;
    throw error;
  }
}
