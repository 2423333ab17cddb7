// How `voiceinput microphones` lists the microphones: those of the daemon, or those found here when none runs.

import type { RemoteDevice } from '@voiceinput/client';
import { openSharedParts } from '@voiceinput/engine';
import type { PartChoice } from '@voiceinput/engine';
import { openModelStore } from '@voiceinput/models';
import { quoted } from '@voiceinput/plugin-api';
import { firstWanted, wantedDevices } from '../settings/device.ts';
import { settle } from '../settings/settle.ts';
import { createReporter } from '../show/reporter.ts';
import { print, table } from '../show/table.ts';
import { findDaemon, withDaemon } from './daemon.ts';
import { inLocale } from '../messages/in-locale.ts';

interface Microphones {
  readonly devices: readonly RemoteDevice[];
  /** What dictations listen to, with its options. */
  readonly source: Pick<PartChoice, 'options'>;
}

/** Prints them: the one that is in use is marked, and the default one of the system. */
export async function listMicrophones({ json }: { readonly json: boolean }, signal: AbortSignal): Promise<number> {
  const { devices, source } = await microphonesNow(signal);
  const wanted = wantedDevices(source.options);
  const used = wanted.length === 0 ? devices.find(({ standard }) => standard) : firstWanted(wanted, devices);
  const marked = devices.map((device) => ({ ...device, inUse: device.id === used?.id }));
  const rows = marked.map(({ id, name, standard, inUse }) => [
    id,
    name,
    [inUse ? inLocale`in use` : '', standard ? inLocale`default` : ''].filter(Boolean).join(', '),
  ]);
  if (wanted.length > 0 && used === undefined && devices.length > 0)
    createReporter({ json }).note(inLocale`None of these is there: ${wanted.map((one) => quoted(one)).join(', ')}.`);
  print(
    json,
    marked,
    rows.length === 0 ? inLocale`No microphone was found.` : table([['ID', inLocale`NAME`, ''], ...rows]),
  );
  return 0;
}

async function microphonesNow(signal: AbortSignal): Promise<Microphones> {
  const daemon = await findDaemon(signal);
  if (daemon === undefined) return microphonesHere(signal);
  return withDaemon(daemon, async (client) => {
    const { source } = await client.call('status', {});
    return { source, devices: (await client.call('microphones', {})).devices };
  });
}

/** Those of the source that a daemon would listen to. */
async function microphonesHere(signal: AbortSignal): Promise<Microphones> {
  const { plugins, dictation } = await settle({ includeWorkingDirectory: false }, signal);
  const parts = openSharedParts({
    plugins,
    models: openModelStore({ plugins, offline: true }),
    heard: () => undefined,
  });
  try {
    return { source: dictation.source, devices: await parts.devices(dictation.source, signal) };
  } finally {
    await parts.close();
  }
}
