// How the files of a model are found in a folder on this machine.

import { copyFile, constants } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { statIfThere } from '../cache/check.ts';
import { fileName } from '../cache/place.ts';
import { onDisk } from '../cache/storage.ts';
import type { FileSource, ModelFile } from '../entry.ts';
import type { Order } from './fetch.ts';

/** Copies the files. Rejects with `ERR_FILE_NOT_FOUND` when one is not there. */
export async function fetchFromFolder(source: FileSource, order: Order, signal: AbortSignal): Promise<void> {
  let doneBytes = 0;
  for (const file of order.entry.files) {
    signal.throwIfAborted();
    const from = await findIn(resolve(source.folder), file);
    if (!from) throw notFound(source, order, file);
    await onDisk(order.folder, () => copyFile(from, join(order.folder, fileName(file)), constants.COPYFILE_FICLONE));
    order.onBytes((doneBytes += file.bytes));
  }
}

async function findIn(folder: string, file: ModelFile): Promise<string | undefined> {
  const withoutPackage = file.path.replace(/^package\//, '');
  for (const path of [file.path, withoutPackage, basename(file.path)]) {
    if ((await statIfThere(join(folder, path)))?.isFile()) return join(folder, path);
  }
  return undefined;
}

const notFound = ({ folder }: FileSource, { entry }: Order, file: ModelFile): VoiceInputError =>
  new VoiceInputError(
    'ERR_FILE_NOT_FOUND',
    `${folder} has no ${basename(file.path)} (${file.bytes} bytes), the ${file.name} of ${entry.id}.`,
    { hint: `Copy it there, also as ${file.path}.` },
  );
