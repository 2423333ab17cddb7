// How models lie in the cache.

import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import type { LocatedModel } from '@voiceinput/plugin-api';
import type { ModelEntry, ModelFile } from '../entry.ts';

/** Changes whenever a file of the entry does. Hexadecimal, 32 digits. */
export function fingerprintOf(entry: ModelEntry): string {
  const lines = entry.files.map(({ name, sha256 }) => `${name} ${sha256}\n`).sort();
  return createHash('sha256').update(lines.join('')).digest('hex').slice(0, 32);
}

export const modelsFolder = (cache: string): string => join(cache, 'models');

/** All that the cache holds of a model, also what earlier catalogues pinned. */
export const modelFolder = (cache: string, entry: ModelEntry): string => join(modelsFolder(cache), entry.id);

export const fileName = (file: ModelFile): string => basename(file.path);

/** The model as a plugin gets it. Says nothing about whether the files are there. */
export function placeOf(cache: string, entry: ModelEntry): LocatedModel {
  const fingerprint = fingerprintOf(entry);
  const folder = join(modelFolder(cache, entry), fingerprint.slice(0, 12));
  const files = Object.fromEntries(entry.files.map((file) => [file.name, join(folder, fileName(file))]));
  return { modelId: entry.id, folder, files, fingerprint, license: entry.license };
}
