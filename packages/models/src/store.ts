// How models get from the catalogue's sources into the cache and from there to plugins.

import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { VoiceInputError, type LocatedModel, type ModelStore } from '@voiceinput/plugin-api';
import { checkFiles, type FileCheck } from './cache/check.ts';
import { cacheFolder } from './cache/folder.ts';
import { holdingLock } from './cache/lock.ts';
import { clearIncoming, clearPartial, incomingFolder, install, openIncoming } from './cache/install.ts';
import { modelFolder, modelsFolder, placeOf } from './cache/place.ts';
import { isStamped, look, stamp, unstamp } from './cache/stamp.ts';
import { onDisk } from './cache/storage.ts';
import { catalogue as embedded } from './catalogue.ts';
import type { ModelEntry, ModelSource } from './entry.ts';
import { bytesToFetch, fetchFrom } from './fetch/fetch.ts';
import { findEntry } from './find.ts';
import { reportProgress, type Progress } from './progress.ts';

export interface ModelStoreOptions {
  /** The cache's folder; made when needed. Default: `cacheFolder()`. */
  readonly folder?: string;
  /** Default: the embedded catalogue. */
  readonly catalogue?: readonly ModelEntry[];
  /** Never use the network. */
  readonly offline?: boolean;
  /** Called at about every hundredth of a transfer and at its end. `doneBytes` never falls. */
  readonly onProgress?: (progress: Progress) => void;
}

/** A model of the catalogue and what the cache has of it. */
export interface ModelStatus {
  readonly entry: ModelEntry;
  readonly state: 'ready' | 'absent' | 'damaged';
  /** Where its files are or would be. */
  readonly folder: string;
}

export interface Models extends ModelStore {
  /** Every model of the catalogue, in its order. */
  list(signal: AbortSignal): Promise<ModelStatus[]>;
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
 * The models of this machine. Nothing is read or written before the first call; several stores and processes may share a
 * cache: one fetches, the others wait for it.
 *
 * Rejects with `ERR_MODEL_UNKNOWN`, `ERR_MODEL_OFFLINE`, `ERR_MODEL_REGISTRY`, `ERR_MODEL_CHECKSUM`, `ERR_MODEL_STORAGE`;
 * on abort with the signal's reason. A transfer that broke off goes on at the next call where the registry can do that.
 */
export function openModelStore(options: ModelStoreOptions = {}): Models {
  const cache = resolve(options.folder ?? cacheFolder());
  const catalogue = options.catalogue ?? embedded;

  return {
    locate: (modelId, signal) => pull(modelId, {}, signal),
    pull,
    list: (signal) => onDisk(cache, () => Promise.all(catalogue.map((entry) => statusOf(entry, signal)))),
    async import(modelId, folder, signal) {
      const entry = findEntry(catalogue, modelId);
      return bring(entry, { source: { scheme: 'file', folder }, force: true }, signal);
    },
    async verify(modelId, signal) {
      const entry = findEntry(catalogue, modelId);
      return onDisk(cache, () => verify(entry, signal));
    },
    async remove(modelId, signal) {
      const entry = findEntry(catalogue, modelId);
      await locked(entry, signal, async () => {
        await clearIncoming(cache, entry);
        await clearPartial(cache, entry);
        await rm(modelFolder(cache, entry), { recursive: true, force: true });
      });
    },
  };

  async function pull(modelId: string, { force = false }, signal: AbortSignal): Promise<LocatedModel> {
    signal.throwIfAborted();
    const entry = findEntry(catalogue, modelId);
    const ready = !force && (await onDisk(cache, () => isReady(entry, signal)));
    return ready ? placeOf(cache, entry) : bring(entry, { source: entry.source, force }, signal);
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

  async function statusOf(entry: ModelEntry, signal: AbortSignal): Promise<ModelStatus> {
    const model = placeOf(cache, entry);
    if (await isStamped(model)) return { entry, state: 'ready', folder: model.folder };
    const states = (await verify(entry, signal)).map(({ state }) => state);
    const absent = states.every((state) => state === 'missing');
    const whole = states.every((state) => state === 'whole');
    return { entry, state: whole ? 'ready' : absent ? 'absent' : 'damaged', folder: model.folder };
  }

  async function bring(
    entry: ModelEntry,
    { source, force }: { source: ModelSource; force: boolean },
    signal: AbortSignal,
  ): Promise<LocatedModel> {
    const model = placeOf(cache, entry);
    await locked(entry, signal, async (signal) => {
      // Another process may have brought it while this one waited.
      if (!force && (await isReady(entry, signal))) return;
      await clearIncoming(cache, entry);
      const incoming = await openIncoming(cache, entry);
      try {
        await fetchFrom(source, { ...orderFor(entry, source), folder: incoming }, signal);
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
      : `The ${bad.name} of ${entry.id} is not the file of ${pinned.bytes} bytes with sha256 ${pinned.sha256} that the catalogue pins.`,
  );
}
