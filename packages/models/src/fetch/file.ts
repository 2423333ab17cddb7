// How the files of a model are found in a folder on this machine.

import { copyFile, constants } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolder, VoiceInputError, type ModelFile } from '@voiceinput/plugin-api';
import { statIfThere } from '../cache/check.ts';
import { pathsIn } from '../cache/place.ts';
import { onDisk } from '../cache/storage.ts';
import type { Order } from './order.ts';

/** Copies the files out of the folder at `address`, a `file:` URL. Rejects with `ERR_FILE_NOT_FOUND` when one is not there. */
export async function fetchFromFolder(address: string, order: Order, signal: AbortSignal): Promise<void> {
  const { entry, folder } = order;
  const source = fileURLToPath(address);
  const places = pathsIn(entry);
  let doneBytes = 0;
  for (const file of entry.files) {
    signal.throwIfAborted();
    const paths = pathsOf(file, places.get(file.name)!, entry.files);
    const from = await findIn(source, paths);
    if (!from) throw notFound(source, order, file);
    const to = join(folder, places.get(file.name)!);
    await onDisk(folder, async () => {
      await makeFolder(dirname(to));
      await copyFile(from, to, constants.COPYFILE_FICLONE);
    });
    order.onBytes((doneBytes += file.bytes));
  }
}

/** Where a file may lie: as its source keeps it, as npm unpacks it, as the cache keeps it, or by its name where no other has it. */
function pathsOf({ path }: ModelFile, place: string, all: readonly ModelFile[]): string[] {
  const alike = all.filter((other) => basename(other.path) === basename(path));
  return [path, `package/${path}`, place, ...(alike.length === 1 ? [basename(path)] : [])];
}

async function findIn(folder: string, paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    if ((await statIfThere(join(folder, path)))?.isFile()) return join(folder, path);
  }
  return undefined;
}

const notFound = (folder: string, { entry }: Order, file: ModelFile): VoiceInputError =>
  new VoiceInputError(
    'ERR_FILE_NOT_FOUND',
    `${folder} has no ${basename(file.path)} (${file.bytes} bytes), the ${file.name} of ${entry.id}.`,
    { hint: `Copy it there as ${file.path}.` },
  );
