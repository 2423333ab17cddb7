// Which program of the package systray2 shows the icon, and where it may be run and leave files.

import { chmod, copyFile, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { VoiceInputError } from '@voiceinput/plugin-api';

/** A program that speaks the protocol of systray2. */
export interface Place {
  readonly command: readonly [program: string, ...parameters: string[]];
  /** Where it writes its pictures; gone after `remove`. */
  readonly folder: string;
  remove(): Promise<void>;
}

const programs: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: 'tray_darwin_release',
  linux: 'tray_linux_release',
  win32: 'tray_windows_release.exe',
};
const REMOVE_TRIES = 5;
const require = createRequire(import.meta.url);

/** Rejects with `ERR_DESKTOP` when the package is not there or has nothing for this system. */
export async function openPlace(platform: NodeJS.Platform): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'voiceinput-tray-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: REMOVE_TRIES });
  try {
    const inside = programIn(platform);
    // npm unpacks it without the right to be run, into a folder that may be somebody else's.
    const program = platform === 'win32' ? inside : join(folder, 'voiceinput-icon');
    if (program !== inside) {
      await copyFile(inside, program);
      await chmod(program, 0o700);
    }
    return { command: [program], folder, remove };
  } catch (error) {
    await remove();
    throw new VoiceInputError('ERR_DESKTOP', `The icon cannot be shown: ${(error as Error).message}`, {
      hint: 'Install VoiceInput again: its package systray2 is needed for the icon.',
      cause: error,
    });
  }
}

function programIn(platform: NodeJS.Platform): string {
  const name = programs[platform];
  if (name === undefined) throw new Error(`systray2 has no program for ${platform}.`);
  const card = require.resolve('systray2/package.json');
  return join(dirname(card), 'traybin', name);
}
