// Where a user's own folders are. What is relative counts as not set: it would make files of the current folder the user's.

import { homedir, userInfo } from 'node:os';
import { isAbsolute } from 'node:path';

/** The user's home; where the environment says none, or a relative one, that of the account. */
export function homeFolder(): string {
  const home = homedir();
  return isAbsolute(home) ? home : userInfo().homedir;
}

/** The folder that a variable of the environment names. Absent when it is not set, empty or relative. */
export function folderNamedBy(variable: string): string | undefined {
  const named = process.env[variable];
  return named !== undefined && isAbsolute(named) ? named : undefined;
}
