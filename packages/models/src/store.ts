// How models get from their sources into the cache and from there to plugins.

import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type { LocatedModel, ModelStore } from '@voiceinput/plugin-api';
import { bring, shareReporter, type Bringing, type Brought } from './bring.ts';
import { checkFiles, statIfThere, type FileCheck } from './cache/check.ts';
import { cacheFolder } from './cache/folder.ts';
import { clearAbandoned, clearIncoming, clearPartial } from './cache/install.ts';
import { holdingLock } from './cache/lock.ts';
import { lockOf, modelFolder, placeOf } from './cache/place.ts';
import { isReady, stateOf, verify, type ModelState } from './cache/state.ts';
import { onDisk } from './cache/storage.ts';
import { bytesOf, catalogueOf, findModel } from './catalogue.ts';
import type { BringingPlugin, KnownModel } from './catalogue.ts';
import { readHeld, type Held } from './held.ts';
import { convert } from './import/convert.ts';
import { exportModel } from './import/export.ts';
import { nameFor } from './import/name.ts';
import { recognise } from './import/recognise.ts';
import { sizeOf } from './import/size.ts';
import type { Progress } from './progress.ts';

export interface ModelStoreOptions {
  /** The cache's folder; made when needed. Default: `cacheFolder()`. */
  readonly folder?: string;
  /** The plugins whose models there are at the time of each call. Default: none. */
  readonly plugins?: readonly BringingPlugin[];
  /** Never use the network. */
  readonly offline?: boolean;
  /** Called at about every hundredth of a transfer or an import and at its end. `doneBytes` never falls. */
  readonly onProgress?: (progress: Progress) => void;
}

/** A model and what the cache has of it. */
export interface ModelStatus {
  readonly entry: KnownModel;
  readonly state: ModelState;
  /** Where its files are or would be. */
  readonly folder: string;
}

export interface ImportWish {
  /** The user's file or folder. */
  readonly path: string;
  /** What the model will be called: lower-case letters, digits and hyphens. Absent: as its plugin proposes. */
  readonly name?: string;
}

export interface Models extends ModelStore {
  /** What there is to know of every model, in the order of the plugins, then what was imported. Looks at no model file. */
  known(): Promise<readonly KnownModel[]>;
  /** Every model in the same order. Files that were checked and not touched since are not read again. */
  list(signal: AbortSignal): Promise<ModelStatus[]>;
  /** The same of one model. */
  status(modelId: string, signal: AbortSignal): Promise<ModelStatus>;
  /** Like `locate`; with `force` it is fetched even if it is there, and what plugins derived from it is removed. */
  pull(modelId: string, options: { readonly force?: boolean }, signal: AbortSignal): Promise<LocatedModel>;
  /** Takes the files of a known model from a folder, against the same checksums. Rejects also with `ERR_FILE_NOT_FOUND`. */
  import(modelId: string, folder: string, signal: AbortSignal): Promise<LocatedModel>;
  /**
   * Makes a model of a user's file or folder, by the first plugin that recognises it. One of the same name that was
   * imported before is replaced. Rejects with `ERR_FILE_NOT_FOUND`, `ERR_FILE_UNREADABLE`, `ERR_MODEL_FORMAT`,
   * `ERR_USAGE` when the name cannot be one, `ERR_MODEL_STORAGE` or `ERR_PLUGIN_FAILED`.
   */
  importFrom(wish: ImportWish, signal: AbortSignal): Promise<ModelStatus>;
  /** Writes an imported model into a new or empty folder in a form that other programs read, and gives the files' paths. */
  export(modelId: string, folder: string, signal: AbortSignal): Promise<readonly string[]>;
  /** Reads every file again, whatever was found before. A file that is not whole is fetched again at the next `locate`. */
  verify(modelId: string, signal: AbortSignal): Promise<FileCheck[]>;
  /** Removes all that the cache holds of a model, also what plugins derived from it. Gives whether there was anything. */
  remove(modelId: string, signal: AbortSignal): Promise<boolean>;
}

/**
 * The models of this machine. Nothing is read or written before the first call; several stores and processes may share a
 * cache: one fetches, the others wait for it. Throws `ERR_PLUGIN_DUPLICATE` when two plugins bring different models of
 * one id.
 *
 * Rejects with `ERR_MODEL_UNKNOWN`, `ERR_MODEL_OFFLINE`, `ERR_MODEL_REGISTRY`, `ERR_MODEL_CHECKSUM`, `ERR_MODEL_STORAGE`,
 * `ERR_MODEL_FILES` when an imported model is damaged; on abort with the signal's reason. A transfer that broke off goes
 * on at the next call where the registry can do that.
 */
export function openModelStore(options: ModelStoreOptions = {}): Models {
  const cache = resolve(options.folder ?? cacheFolder());
  const plugins = options.plugins ?? [];
  /** Who gave the list may change it. */
  const catalogue = (): readonly KnownModel[] => catalogueOf(plugins);
  catalogue();
  const { offline = false, onProgress } = options;
  const bringing: Bringing = { cache, plugins, offline, onProgress };

  return {
    locate: (modelId, signal) => pull(modelId, {}, signal),
    pull,
    known: async () => (await all()).map(({ model }) => model),
    async list(signal) {
      const held = await all();
      return onDisk(cache, () => Promise.all(held.map((one) => statusOf(one, signal))));
    },
    async status(modelId, signal) {
      const held = await find(modelId);
      return onDisk(cache, () => statusOf(held, signal));
    },
    async import(modelId, folder, signal) {
      const model = findModel(catalogue(), modelId);
      const source = pathToFileURL(resolve(folder)).href as `file:${string}`;
      return locked(model, signal, (signal) => bring(bringing, { model, sources: [source], force: true }, signal));
    },
    importFrom,
    async export(modelId, folder, signal) {
      const { model } = await find(modelId);
      const located = await pull(modelId, {}, signal);
      const report = shareReporter(modelId, bytesOf(model), onProgress);
      return exportModel({ model, located, folder: resolve(folder), report }, plugins, signal);
    },
    async verify(modelId, signal) {
      const { model, kept } = await find(modelId);
      // What an importer has yet to write is missing.
      return onDisk(cache, () =>
        kept ? verify(cache, kept, signal) : checkFiles(modelFolder(cache, model), model, signal),
      );
    },
    async remove(modelId, signal) {
      const { model } = await find(modelId);
      return locked(model, signal, async () => {
        const folder = modelFolder(cache, model);
        const wasThere = (await statIfThere(folder)) !== undefined;
        const cleared = [await clearIncoming(cache, model), await clearPartial(cache, model)];
        await rm(folder, { recursive: true, force: true });
        return wasThere || cleared.includes(true);
      });
    },
  };

  function all(): Promise<Held[]> {
    return onDisk(cache, () => readHeld(cache, catalogue(), plugins));
  }

  async function find(modelId: string): Promise<Held> {
    const held = await all();
    const model = findModel(
      held.map((one) => one.model),
      modelId,
    );
    return held.find((one) => one.model === model)!;
  }

  async function pull(modelId: string, { force = false }, signal: AbortSignal): Promise<LocatedModel> {
    signal.throwIfAborted();
    const held = await find(modelId);
    const { model, kept } = held;
    if (kept && (!force || isUsers(model)) && (await onDisk(cache, () => isReady(cache, kept, signal))))
      return placeOf(cache, kept);
    if (isUsers(model)) throw importAgain(held);
    return bringUnlessThere({ model, sources: model.sources, force }, signal);
  }

  /** Another process may bring it while this one waits for its turn. */
  function bringUnlessThere(wish: Brought, signal: AbortSignal): Promise<LocatedModel> {
    return locked(wish.model, signal, async (signal) => {
      const { kept } = await find(wish.model.id);
      if (kept && !wish.force && (await isReady(cache, kept, signal))) return placeOf(cache, kept);
      return bring(bringing, wish, signal);
    });
  }

  async function importFrom(wish: ImportWish, signal: AbortSignal): Promise<ModelStatus> {
    const path = resolve(wish.path);
    const { plugin, importer, model } = await recognise(path, plugins, signal);
    const id = nameFor(wish.name, model.name, catalogue());
    const totalBytes = await sizeOf(path);
    await locked({ id }, signal, async (signal) => {
      await clearIncoming(cache, { id });
      await clearAbandoned(cache, signal);
      const record = {
        plugin: plugin.id,
        kind: plugin.kind,
        version: plugin.importer?.version ?? 0,
        from: path,
        recognisedAs: model.name,
      };
      const report = shareReporter(id, totalBytes, onProgress);
      await convert({ cache, importer, path, record, known: { id }, report }, signal);
    });
    return statusOf(await find(id), signal);
  }

  async function statusOf({ model, kept }: Held, signal: AbortSignal): Promise<ModelStatus> {
    if (!kept) return { entry: model, state: isUsers(model) ? 'damaged' : 'absent', folder: modelFolder(cache, model) };
    const { folder } = placeOf(cache, kept);
    return { entry: { ...model, files: kept.files }, state: await stateOf(cache, kept, signal), folder };
  }

  function locked<T>(model: { readonly id: string }, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>) {
    return holdingLock(lockOf(cache, model), signal, (signal) => onDisk(cache, () => work(signal)));
  }
}

const isUsers = ({ importedFrom }: KnownModel): boolean => importedFrom !== undefined;

const importAgain = ({ model: { id, importedFrom }, kept }: Held): VoiceInputError =>
  new VoiceInputError(
    'ERR_MODEL_FILES',
    kept
      ? `The files of ${id}, which was imported, are missing or changed.`
      : `${id} was imported by another version of its plugin, which reads other files.`,
    { hint: `Import it again with: voiceinput models import ${importedFrom} --name ${id}` },
  );
