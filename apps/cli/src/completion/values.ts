// Which names the user has that the command line takes: quickly, and without starting anything.

import { configurationSchema, profileNames } from '@voiceinput/engine/configure';
import type { Descriptor } from '@voiceinput/engine';
import { openModelStore } from '@voiceinput/models';
import { reachDaemon, withDaemon } from '../commands/daemon.ts';
import { offered } from '../settings/commands.ts';
import { knownPaths } from '../settings/path.ts';
import { loadSettings, readConfigurations } from '../settings/settle.ts';
import { isSink } from '../settings/sink-needs.ts';
import type { Subject } from './tree.ts';

const RECENT = 30;

async function modelIds(signal: AbortSignal): Promise<string[]> {
  const { plugins } = await loadSettings({}, signal);
  return (await openModelStore({ plugins }).known()).map(({ id }) => id);
}

async function settingPaths(signal: AbortSignal): Promise<readonly string[]> {
  const { plugins, configuration } = await loadSettings({ includeWorkingDirectory: false }, signal);
  return knownPaths(configurationSchema(plugins.map(({ plugin }) => plugin)), profileNames(configuration));
}

/** As the command line takes them: those that a daemon can write to. */
function sinkNames(plugins: readonly Descriptor[]): string[] {
  const sinks = plugins.filter(isSink);
  const ofDaemons = sinks.filter(({ plugin: { capabilities } }) => capabilities.needs?.includes('terminal') !== true);
  return ofDaemons.map(({ plugin: { id } }) => id.slice('sink-'.length));
}

/** Rejects with `ERR_DAEMON_MISSING` when only a daemon knows, and none runs. */
export async function valuesOf(subject: Subject, signal: AbortSignal): Promise<readonly string[]> {
  if (subject === 'profiles') return profileNames(await readConfigurations({}, signal));
  if (subject === 'models') return modelIds(signal);
  if (subject === 'plugins') return (await loadSettings({}, signal)).plugins.map(({ plugin: { id } }) => id);
  if (subject === 'performers')
    return [...new Set(offered((await loadSettings({}, signal)).plugins).map((one) => one.plugin))];
  if (subject === 'settings') return settingPaths(signal);
  if (subject === 'sinks') return sinkNames((await loadSettings({}, signal)).plugins);
  return withDaemon(reachDaemon(signal), async (client) => {
    if (subject === 'microphones') return (await client.call('microphones', {})).devices.map(({ id }) => id);
    return (await client.call('history/list', { limit: RECENT })).entries.map(({ id }) => id);
  });
}
