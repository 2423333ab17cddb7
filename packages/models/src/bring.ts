// How a model comes from its sources into the cache.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type { LocatedModel, ModelEntry, ModelSource } from '@voiceinput/plugin-api';
import { checkFiles, type FileCheck } from './cache/check.ts';
import {
  clearAbandoned,
  clearIncoming,
  clearPartial,
  fetchedPaths,
  incomingFolder,
  install,
  openIncoming,
} from './cache/install.ts';
import { fingerprintOf, placeOf } from './cache/place.ts';
import { look, stamp } from './cache/stamp.ts';
import { bytesOf } from './catalogue.ts';
import type { BringingPlugin, KnownModel } from './catalogue.ts';
import { bytesToFetch, fetchFrom, mayTryNext } from './fetch/fetch.ts';
import { convert } from './import/convert.ts';
import { reportProgress, type Progress } from './progress.ts';

export interface Bringing {
  readonly cache: string;
  readonly plugins: readonly BringingPlugin[];
  readonly offline: boolean;
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

export interface Brought {
  readonly model: KnownModel;
  readonly sources: readonly ModelSource[];
  /** Whether what plugins derived from the model goes. */
  readonly force: boolean;
}

/** Fetches the files, checks them and puts them in their place. Only for the holder of the model's lock. */
export async function bring(bringing: Bringing, wish: Brought, signal: AbortSignal): Promise<LocatedModel> {
  const { cache } = bringing;
  const { model } = wish;
  await clearIncoming(cache, model);
  await clearAbandoned(cache, signal);
  const incoming = await openIncoming(cache, model);
  try {
    await fetchFromAny(bringing, { ...wish, folder: incoming }, signal);
    refuseUnlessWhole(model, await checkFiles(incoming, model, signal));
    const located = model.imported
      ? await importFetched(bringing, model, incoming, signal)
      : await installFetched(cache, wish, incoming);
    // What was left of other pins, or is no longer needed.
    await clearPartial(cache, model);
    return located;
  } finally {
    await rm(incoming, { recursive: true, force: true });
  }
}

async function installFetched(cache: string, { model, force }: Brought, incoming: string): Promise<LocatedModel> {
  const located = placeOf(cache, model);
  if (force) await rm(join(located.folder, 'prepared'), { recursive: true, force: true });
  await install(fetchedPaths(incoming, model), located);
  await stamp(located, (await look(located)) ?? '');
  return located;
}

async function importFetched(
  { cache, plugins, onProgress }: Bringing,
  model: KnownModel,
  incoming: string,
  signal: AbortSignal,
): Promise<LocatedModel> {
  const importer = plugins.find(({ plugin }) => plugin.id === model.plugin)?.plugin.importer;
  if (importer === undefined)
    throw new VoiceInputError('ERR_PLUGIN_MANIFEST', `${model.plugin} has no importer for ${model.id}.`);
  const { plugin, kind, ...known } = model;
  // Of a single file its name may say what it is.
  const [only, ...more] = Object.values(fetchedPaths(incoming, model));
  const path = only !== undefined && more.length === 0 ? only : incoming;
  return convert(
    {
      cache,
      importer: await importer.open(),
      path,
      record: { plugin, kind, version: importer.version, source: fingerprintOf(model) },
      known,
      report: shareReporter(model.id, bytesOf(model), onProgress),
    },
    signal,
  );
}

/** Tells shares of an import as bytes of what is imported. */
export function shareReporter(
  modelId: string,
  totalBytes: number,
  onProgress: Bringing['onProgress'],
): (share: number) => void {
  const tell = reportProgress({ modelId, doing: 'importing', totalBytes }, onProgress);
  return (share) => tell(Math.round(Math.min(Math.max(share, 0), 1) * totalBytes));
}

/** From the first source that gives the files; when none does, rejects as the first did. */
async function fetchFromAny(
  { cache, offline, onProgress }: Bringing,
  { model, sources, folder }: Brought & { readonly folder: string },
  signal: AbortSignal,
): Promise<void> {
  const failures: unknown[] = [];
  for (const source of sources) {
    const transfer = { modelId: model.id, doing: 'fetching' as const, totalBytes: bytesToFetch(model, source) };
    const onBytes = reportProgress(transfer, onProgress);
    const order = { entry: model, folder, keepFolder: incomingFolder(cache), offline, onBytes };
    try {
      return await fetchFrom(source, order, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!mayTryNext(error)) throw error;
      failures.push(error);
    }
  }
  throw failures[0];
}

function refuseUnlessWhole(entry: ModelEntry, checks: readonly FileCheck[]): void {
  const bad = checks.find(({ state }) => state !== 'whole');
  if (!bad) return;
  const pinned = entry.files.find(({ name }) => name === bad.name)!;
  throw new VoiceInputError(
    'ERR_MODEL_CHECKSUM',
    bad.state === 'missing'
      ? `The source of ${entry.id} has no ${pinned.path}.`
      : `The ${bad.name} of ${entry.id} is not the file of ${pinned.bytes} bytes with sha256 ${pinned.sha256} that its model pins.`,
  );
}
