// How the user gets to see the settings file.

import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { makeFolder, VoiceInputError } from '@voiceinput/plugin-api';

const EMPTY = '{}\n';
/** What opens a file in the program that its user chose for it. */
const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [program: string, ...parameters: string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32.exe', 'url.dll,FileProtocolHandler'],
};

/** Opens `path` in the user's editor; begins it when it is not there. Rejects with `ERR_DESKTOP`. */
export async function openSettings(path: string, signal: AbortSignal): Promise<void> {
  await begin(path);
  const [program, ...parameters] = openers[process.platform] ?? ['xdg-open'];
  try {
    await promisify(execFile)(program, [...parameters, path], { signal });
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const why = isMissing ? `the program ${program} is not installed` : (error as Error).message;
    throw new VoiceInputError('ERR_DESKTOP', `${path} could not be opened: ${why}.`, {
      hint: 'Open it in an editor of your choice.',
      cause: error,
    });
  }
}

async function begin(path: string): Promise<void> {
  await makeFolder(dirname(path));
  await writeFile(path, EMPTY, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}
