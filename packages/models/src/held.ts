// What there is to hold: the models that plugins bring and those out of users' files, and how each lies in the cache.

import type { ModelEntry } from '@voiceinput/plugin-api';
import type { ImportRecord } from './cache/record.ts';
import { readRecords } from './cache/record.ts';
import { fingerprintOf } from './cache/place.ts';
import type { BringingPlugin, KnownModel } from './catalogue.ts';

/** A model, and what an importer wrote of it. */
export interface Held {
  readonly model: KnownModel;
  /** The model as it lies or will lie in the cache. Absent while an importer has yet to write it. */
  readonly kept?: ModelEntry;
}

/** All that plugins bring, then what the user imported. */
export async function readHeld(
  cache: string,
  catalogue: readonly KnownModel[],
  plugins: readonly BringingPlugin[],
): Promise<Held[]> {
  const records = await readRecords(cache);
  const recordOf = (id: string) => records.find(({ entry }) => entry.id === id);
  const isReadable = ({ plugin: id, version }: ImportRecord): boolean => {
    const importer = plugins.find(({ plugin }) => plugin.id === id)?.plugin.importer;
    return importer === undefined || importer.version === version;
  };

  const brought = catalogue.map((model): Held => {
    if (model.imported !== true) return { model, kept: model };
    const record = recordOf(model.id);
    const isCurrent = record?.source === fingerprintOf(model) && isReadable(record);
    return isCurrent ? { model, kept: record.entry } : { model };
  });
  const users = records
    .filter(({ entry, from }) => from !== undefined && !catalogue.some(({ id }) => id === entry.id))
    .map((record): Held => {
      const { entry, plugin, kind, from, recognisedAs } = record;
      const model = {
        ...entry,
        plugin,
        kind,
        ...(from !== undefined && { importedFrom: from }),
        ...(recognisedAs !== undefined && { recognisedAs }),
      };
      return isReadable(record) ? { model, kept: entry } : { model };
    });
  return [...brought, ...users];
}
