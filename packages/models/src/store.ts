// How models get from their sources into the cache and from there to plugins.

import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type { LocatedModel, ModelEntry, ModelSource, ModelStore } from '@voiceinput/plugin-api';
import { checkFiles, type FileCheck } from './cache/check.ts';
import { cacheFolder } from './cache/folder.ts';
import { holdingLock } from './cache/lock.ts';
import { clearIncoming, clearPartial, incomingFolder, install, openIncoming } from './cache/install.ts';
import { modelFolder, modelsFolder, placeOf } from './cache/place.ts';
import { isStamped, look, stamp, unstamp } from './cache/stamp.ts';
import { onDisk } from './cache/storage.ts';
import { catalogueOf, findModel } from './catalogue.ts';
import type { BringingPlugin, KnownModel } from './catalogue.ts';
import { bytesToFetch, fetchFrom, mayTryNext } from './fetch/fetch.ts';
import { reportProgress, type Progress } from './progress.ts';

export interface ModelStoreOptions {
  /** The cache's folder; made when needed. Default: `cacheFolder()`. */
  readonly folder?: string;
  /** The plugins whose models there are. Default: none. */
  readonly plugins?: readonly BringingPlugin[];
  /** Never use the network. */
  readonly offline?: boolean;
  /** Called at about every hundredth of a transfer and at its end. `doneBytes` never falls. */
  readonly onProgress?: (progress: Progress) => void;
}

/** A model and what the cache has of it. */
export interface ModelStatus {
  readonly entry: KnownModel;
  readonly state: 'ready' | 'absent' | 'damaged';
  /** Where its files are or would be. */
  readonly folder: string;
}

export interface Models extends ModelStore {
  /** What there is to know of every model without looking at files, in the order of the plugins. */
  known(): Promise<readonly KnownModel[]>;
  /** Every model, in the order of the plugins. Files that were checked and not touched since are not read again. */
  list(signal: AbortSignal): Promise<ModelStatus[]>;
  /** The same of one model. */
  status(modelId: string, signal: AbortSignal): Promise<ModelStatus>;
  /** Like `locate`; with `force` it is fetched even if it is there, and what plugins derived from it is removed. */
  pull(modelId: string, options: { readonly force?: boolean }, signal: AbortSignal): Promise<LocatedModel>;
  /** Takes the model's files from a folder, against the same checksums. Rejects also with `ERR_FILE_NOT_FOUND`. */
  import(modelId: string, folder: string, signal: AbortSignal): Promise<LocatedModel>;
  /** Reads every file again, whatever was found before. A file that is not whole is fetched again at the next `locate`. */
  verify(modelId: string, signal: AbortSignal): Promise<FileCheck[]>;
  /** Removes all that the cache holds of a model, also what plugins derived from it. */
  remove(modelId: string, signal: AbortSignal): Promise<void>;
}

/**
 * The models of this machine. Throws `ERR_PLUGIN_DUPLICATE` when two plugins bring different models of one id. Nothing is read or written before the first call; several stores and processes may share a
 * cache: one fetches, the others wait for it.
 *
 * Rejects with `ERR_MODEL_UNKNOWN`, `ERR_MODEL_OFFLINE`, `ERR_MODEL_REGISTRY`, `ERR_MODEL_CHECKSUM`, `ERR_MODEL_STORAGE`;
 * on abort with the signal's reason. A transfer that broke off goes on at the next call where the registry can do that.
 */
export function openModelStore(options: ModelStoreOptions = {}): Models {
  const cache = resolve(options.folder ?? cacheFolder());
  const catalogue = catalogueOf(options.plugins ?? []);

  return {
    locate: (modelId, signal) => pull(modelId, {}, signal),
    pull,
    known: () => Promise.resolve(catalogue),
    list: (signal) => onDisk(cache, () => Promise.all(catalogue.map((entry) => statusOf(entry, signal)))),
    async status(modelId, signal) {
      const entry = findModel(catalogue, modelId);
      return onDisk(cache, () => statusOf(entry, signal));
    },
    async import(modelId, folder, signal) {
      const entry = findModel(catalogue, modelId);
      const source = pathToFileURL(resolve(folder)).href as `file:${string}`;
      return bring(entry, { sources: [source], force: true }, signal);
    },
    async verify(modelId, signal) {
      const entry = findModel(catalogue, modelId);
      return onDisk(cache, () => verify(entry, signal));
    },
    async remove(modelId, signal) {
      const entry = findModel(catalogue, modelId);
      await locked(entry, signal, async () => {
        await clearIncoming(cache, entry);
        await clearPartial(cache, entry);
        await rm(modelFolder(cache, entry), { recursive: true, force: true });
      });
    },
  };

  async function pull(modelId: string, { force = false }, signal: AbortSignal): Promise<LocatedModel> {
    signal.throwIfAborted();
    const entry = findModel(catalogue, modelId);
    const ready = !force && (await onDisk(cache, () => isReady(entry, signal)));
    return ready ? placeOf(cache, entry) : bring(entry, { sources: entry.sources, force }, signal);
  }

  async function isReady(entry: ModelEntry, signal: AbortSignal): Promise<boolean> {
    if (await isStamped(placeOf(cache, entry))) return true;
    return (await verify(entry, signal)).every(({ state }) => state === 'whole');
  }

  async function verify(entry: ModelEntry, signal: AbortSignal): Promise<FileCheck[]> {
    const model = placeOf(cache, entry);
    const sight = await look(model);
    const checks = await checkFiles(model.folder, entry, signal);
    if (sight && checks.every(({ state }) => state === 'whole')) await stamp(model, sight);
    else await unstamp(model);
    return checks;
  }

  async function statusOf(entry: KnownModel, signal: AbortSignal): Promise<ModelStatus> {
    const model = placeOf(cache, entry);
    if (await isStamped(model)) return { entry, state: 'ready', folder: model.folder };
    const states = (await verify(entry, signal)).map(({ state }) => state);
    const absent = states.every((state) => state === 'missing');
    const whole = states.every((state) => state === 'whole');
    return { entry, state: whole ? 'ready' : absent ? 'absent' : 'damaged', folder: model.folder };
  }

  async function bring(
    entry: ModelEntry,
    { sources, force }: { sources: readonly ModelSource[]; force: boolean },
    signal: AbortSignal,
  ): Promise<LocatedModel> {
    const model = placeOf(cache, entry);
    await locked(entry, signal, async (signal) => {
      // Another process may have brought it while this one waited.
      if (!force && (await isReady(entry, signal))) return;
      await clearIncoming(cache, entry);
      const incoming = await openIncoming(cache, entry);
      try {
        await fetchFromAny(sources, { entry, folder: incoming }, signal);
        refuseUnlessWhole(entry, await checkFiles(incoming, entry, signal));
        if (force) await rm(join(model.folder, 'prepared'), { recursive: true, force: true });
        await install(incoming, entry, model);
        await stamp(model, (await look(model)) ?? '');
        // What was left of other pins, or is no longer needed.
        await clearPartial(cache, entry);
      } finally {
        await rm(incoming, { recursive: true, force: true });
      }
    });
    return model;
  }

  /** From the first source that gives the files; when none does, rejects as the first did. */
  async function fetchFromAny(
    sources: readonly ModelSource[],
    { entry, folder }: { entry: ModelEntry; folder: string },
    signal: AbortSignal,
  ): Promise<void> {
    const failures: unknown[] = [];
    for (const source of sources) {
      try {
        return await fetchFrom(source, { ...orderFor(entry, source), folder }, signal);
      } catch (error) {
        signal.throwIfAborted();
        if (!mayTryNext(error)) throw error;
        failures.push(error);
      }
    }
    throw failures[0];
  }

  function orderFor(entry: ModelEntry, source: ModelSource) {
    const totalBytes = bytesToFetch(entry, source);
    return {
      entry,
      keepFolder: incomingFolder(cache),
      offline: options.offline ?? false,
      onBytes: reportProgress({ modelId: entry.id, totalBytes }, options.onProgress),
    };
  }

  async function locked(entry: ModelEntry, signal: AbortSignal, work: (signal: AbortSignal) => Promise<void>) {
    const path = join(modelsFolder(cache), `.${entry.id}.lock`);
    await holdingLock(path, signal, (signal) => onDisk(cache, () => work(signal)));
  }
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
