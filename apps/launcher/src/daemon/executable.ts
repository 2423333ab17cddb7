// How a daemon is started from here: by the program that the user named, else as its discovery file says.

import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { getPreferenceValues } from '@raycast/api';

const SCRIPT = /\.[cm]?js$/;

/** The program with its arguments. Absent when the user named none. Rejects with the system's error when there is no such file. */
export async function executable(): Promise<readonly string[] | undefined> {
  const named = getPreferenceValues<Preferences>().executable?.trim() ?? '';
  if (named === '') return undefined;
  const path = await realpath(named.startsWith('~/') ? join(homedir(), named.slice(2)) : named);
  // A launcher has no shell environment, so the script's own first line would not find its Node.
  return SCRIPT.test(path) ? [process.execPath, path, 'serve'] : [path, 'serve'];
}
