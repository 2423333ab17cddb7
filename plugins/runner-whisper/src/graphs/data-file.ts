// The file beside a graph with its large constants, written as they come.

import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ConstantFile } from './graph-writer.ts';

/** Vector instructions read from such places without a detour. */
const ALIGNMENT_BYTES = 64;

/** The caller closes it. */
export async function createDataFile(path: string): Promise<ConstantFile & { close(): Promise<void> }> {
  const handle = await open(path, 'wx');
  let end = 0;
  return {
    fileName: basename(path),
    async append(bytes) {
      const offset = Math.ceil(end / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
      for (let done = 0; done < bytes.byteLength;) {
        done += (await handle.write(bytes, done, bytes.byteLength - done, offset + done)).bytesWritten;
      }
      end = offset + bytes.byteLength;
      return offset;
    },
    close: () => handle.close(),
  };
}
