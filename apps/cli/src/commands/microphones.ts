// How `voiceinput microphones` finds what can be listened to: the daemon knows, or it is looked for here.

import type { RemoteDevice } from '@voiceinput/client';
import { openSharedParts } from '@voiceinput/engine';
import { openModelStore } from '@voiceinput/models';
import { settle } from '../settings/settle.ts';
import { print, table } from '../show/table.ts';
import { findDaemon, withDaemon } from './daemon.ts';

export async function listMicrophones({ json }: { readonly json: boolean }, signal: AbortSignal): Promise<number> {
  const devices = await devicesNow(signal);
  const rows = devices.map(({ id, name, standard }) => [standard ? '*' : ' ', id, name]);
  print(json, devices, rows.length === 0 ? 'No microphone was found.' : table(rows));
  return 0;
}

async function devicesNow(signal: AbortSignal): Promise<readonly RemoteDevice[]> {
  const daemon = await findDaemon(signal);
  if (daemon === undefined) return devicesHere(signal);
  return withDaemon(daemon, async (client) => (await client.call('microphones', {})).devices);
}

/** Those of the source that a daemon would listen to. */
async function devicesHere(signal: AbortSignal): Promise<readonly RemoteDevice[]> {
  const { plugins, dictation } = await settle({ hereToo: false }, signal);
  const parts = openSharedParts({
    plugins,
    models: openModelStore({ plugins, offline: true }),
    heard: () => undefined,
  });
  try {
    return await parts.devices(dictation.source, signal);
  } finally {
    await parts.close();
  }
}
