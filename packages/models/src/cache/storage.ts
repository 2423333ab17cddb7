// How a disk that fails is told.

import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file is larger than this process may write',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOENT: 'there is no such place and none can be made',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'a part of the path is a file, not a folder',
  EBUSY: 'another program uses it',
};

/** Whether the disk, not the content or the caller, is the reason. */
export const isDiskError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error && 'code' in error && !isVoiceInputError(error);

/** What `work` gives. Whatever the disk throws in it becomes `ERR_MODEL_STORAGE` and names `place`. */
export async function onDisk<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isDiskError(error)) throw error;
    const reason = REASONS[error.code ?? ''] ?? error.message;
    throw new VoiceInputError(
      'ERR_MODEL_STORAGE',
      `Cannot write to ${error.path ?? place}: ${reason} (${error.code}).`,
      { cause: error },
    );
  }
}
