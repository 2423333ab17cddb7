// Where the tray keeps what its user wants to see: a small file beside the daemon's discovery file.

import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, VoiceInputError } from '@voiceinput/plugin-api';
import type { Notifications } from './menu/item.ts';

export interface Preferences {
  /** Absent: decided by whether there is an overlay. */
  readonly notifications?: Notifications;
  readonly overlay?: boolean;
  /** The welcome was shown. */
  readonly isWelcomed?: boolean;
}

const FILE = 'tray.json';

/** Empty when the file is not there, or is not one of ours any more. */
export async function readPreferences(folder: string): Promise<Preferences> {
  try {
    return preferencesIn(JSON.parse(await readFile(join(folder, FILE), 'utf8')));
  } catch (error) {
    const isExpected = error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (isExpected) return {};
    throw unusable(folder, error);
  }
}

/** Rejects with `ERR_STORAGE`. */
export async function writePreferences(folder: string, preferences: Preferences): Promise<void> {
  const draft = join(folder, `${FILE}.${process.pid}`);
  try {
    await makeFolder(folder, 0o700);
    await writeFile(draft, `${JSON.stringify(preferences, undefined, 2)}\n`, { mode: 0o600 });
    await rename(draft, join(folder, FILE));
  } catch (error) {
    throw unusable(folder, error);
  }
}

function preferencesIn(value: unknown): Preferences {
  if (typeof value !== 'object' || value === null) return {};
  const { notifications, overlay, isWelcomed } = value as Readonly<Record<string, unknown>>;
  return {
    ...((notifications === 'all' || notifications === 'needed' || notifications === 'off') && { notifications }),
    ...(typeof overlay === 'boolean' && { overlay }),
    ...(typeof isWelcomed === 'boolean' && { isWelcomed }),
  };
}

function unusable(folder: string, cause: unknown): VoiceInputError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new VoiceInputError('ERR_STORAGE', `The tray's file ${join(folder, FILE)} cannot be used: ${why}`, { cause });
}
