// A file that is read at places, and what is said when it ends before them.

import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { VoiceInputError } from '@voiceinput/plugin-api';

export interface BinaryFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** Bytes that the caller owns. `what` says what is read, for the message when the file ends before. */
  read(place: { offset: number; length: number; what: string }, signal: AbortSignal): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Rejects with the system's error when the file cannot be opened. */
export async function openBinaryFile(path: string): Promise<BinaryFile> {
  const handle = await open(path, 'r');
  const { size } = await handle.stat();
  return {
    path,
    sizeBytes: size,
    async read({ offset, length, what }, signal) {
      signal.throwIfAborted();
      if (offset + length > size) throw truncated(path, { size, what, end: offset + length });
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length;) {
        const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
        if (bytesRead === 0) throw truncated(path, { size: offset + done, what, end: offset + length });
        done += bytesRead;
      }
      return bytes;
    },
    close: () => handle.close(),
  };
}

function truncated(path: string, { size, what, end }: { size: number; what: string; end: number }): VoiceInputError {
  return unusable(path, `it has ${size} bytes and ends inside ${what}, which needs ${end}`, {
    hint: 'The file is cut off: copy or download it again.',
  });
}

/** `ERR_MODEL_FORMAT` about a file or folder; `finding` says what is wrong with it. */
export function unusable(
  path: string,
  finding: string,
  options: { hint?: string; cause?: unknown } = {},
): VoiceInputError {
  return new VoiceInputError('ERR_MODEL_FORMAT', `${basename(path)} cannot be used: ${finding}`, options);
}
