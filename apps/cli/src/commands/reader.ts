// Who reads files: the daemon where one runs with the same settings and is warm, else an engine of this process.

import { randomUUID } from 'node:crypto';
import { realpath, stat } from 'node:fs/promises';
import type { Client } from '@voiceinput/client';
import { wasStarted } from '@voiceinput/client/discovery';
import type { Descriptor, Engine, PartChoice } from '@voiceinput/engine';
import { createPart } from '@voiceinput/engine';
import type { EngineEvent, SessionResult, Sink } from '@voiceinput/plugin-api';
import { quoted, VoiceInputError } from '@voiceinput/plugin-api';
import { fingerprintOf } from '../settings/fingerprint.ts';
import type { Settings } from '../settings/settle.ts';
import type { Reporter } from '../show/reporter.ts';
import { openModels, withEngine } from './work.ts';

/** What reading files needs of an engine. */
export type Reader = Pick<Engine, 'dictate' | 'watch'>;

export interface ReaderOptions {
  readonly settings: Settings;
  readonly reporter: Reporter;
  readonly version: string;
  readonly files: readonly string[];
}

/** Runs `work` with a reader and ends it, whatever happens. */
export async function withReader<T>(
  options: ReaderOptions,
  work: (reader: Reader) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const { settings, reporter, version, files } = options;
  const paths = await regularFiles(files);
  const daemon = paths && (await sameDaemon(settings, version, signal));
  if (paths === undefined || daemon === undefined)
    return withEngine(settings, openModels(reporter, settings.plugins), work);
  try {
    await daemon.call('watch', {});
    return await work(readerThrough(daemon, { ...options, paths }));
  } finally {
    daemon.close();
  }
}

async function sameDaemon(settings: Settings, version: string, signal: AbortSignal): Promise<Client | undefined> {
  // What speaks with a daemon takes longer to load than whatever else a command needs before its engine.
  if (!wasStarted()) return undefined;
  const { findDaemon } = await import('@voiceinput/client');
  const client = await findDaemon({ client: 'voiceinput transcribe' }, signal).catch(() => undefined);
  if (client === undefined) return undefined;
  // One that goes away is about to end; one that is not understood is of another version.
  const status = await client.call('status', {}).catch(() => undefined);
  const isSame = status?.version === version && status.fingerprint === fingerprintOf(settings);
  if (isSame && status.state !== 'opening') return client;
  client.close();
  return undefined;
}

/** By name, where another process finds each file. Absent when one of them is none but a pipe, say, that only this process has. */
async function regularFiles(files: readonly string[]): Promise<ReadonlyMap<string, string> | undefined> {
  const paths = new Map<string, string>();
  for (const file of files) {
    const path = file === '-' ? undefined : await pathForOthers(file);
    if (path === undefined) return undefined;
    paths.set(file, path);
  }
  return paths;
}

/** `/dev/fd/3` is another file in another process, and one that was deleted since it was opened is none. */
async function pathForOthers(file: string): Promise<string | undefined> {
  try {
    const path = await realpath(file);
    const [given, real] = [await stat(file), await stat(path)];
    return given.isFile() && given.ino === real.ino && given.dev === real.dev ? path : undefined;
  } catch {
    // Reading it here says what is wrong with it.
    return undefined;
  }
}

type RemoteOptions = ReaderOptions & { readonly paths: ReadonlyMap<string, string> };

function readerThrough(client: Client, options: RemoteOptions): Reader {
  const listeners = new Set<(event: EngineEvent) => void>();
  const own = new Set<string>();
  client.onEvent(({ at: _at, ...event }) => {
    if (typeof event['sessionId'] !== 'string' || !own.has(event['sessionId'])) return;
    // The daemon passes its engine's events on as they are.
    for (const listener of listeners) listener(event as unknown as EngineEvent);
  });

  return {
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async dictate({ label, source, sink }, signal) {
      const sessionId = randomUUID();
      own.add(sessionId);
      const { part, partials } = await openSink(sink, options, signal);
      try {
        const located = locatedIn(options.paths, source);
        const request = { callId: sessionId, label, source: located, sink: part, partials };
        return asGiven(await client.transcribe(request, signal), source, located);
      } finally {
        await part.close();
      }
    },
  };
}

async function openSink(
  { use, options }: PartChoice,
  { settings, reporter }: ReaderOptions,
  signal: AbortSignal,
): Promise<{ part: Sink; partials: boolean }> {
  const isWanted = (one: Descriptor): one is Descriptor<'sink'> => one.plugin.kind === 'sink' && one.plugin.id === use;
  const all: readonly Descriptor[] = settings.plugins;
  const descriptor = all.find(isWanted);
  if (descriptor === undefined) throw new VoiceInputError('ERR_PLUGIN_NOT_FOUND', `Unknown sink "${use}".`);
  const models = openModels(reporter, settings.plugins);
  const warn = (error: VoiceInputError): void => reporter.warning(error.toJSON());
  const part = await createPart({ descriptor, options, models, log: () => undefined, warn }, signal);
  return { part, partials: descriptor.plugin.capabilities.partials };
}

/** The daemon knows a file by its whole path; its user knows it as it was given. */
function asGiven(result: SessionResult, given: PartChoice, located: PartChoice): SessionResult {
  if (result.error === undefined) return result;
  const [wholePath, path] = [located, given].map(({ options }) => quoted(String(options['path'])));
  const { code, message, hint } = result.error;
  return { ...result, error: new VoiceInputError(code, message.replaceAll(wholePath!, path!), { hint }) };
}

function locatedIn(paths: RemoteOptions['paths'], { use, options }: PartChoice): PartChoice {
  return { use, options: { ...options, path: paths.get(String(options['path'])) } };
}
