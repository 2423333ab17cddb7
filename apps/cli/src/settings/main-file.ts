// How this program is started anew, whatever the folder and the shell.

import { fileURLToPath } from 'node:url';

export const mainFile = fileURLToPath(import.meta.resolve('#main'));

/** The program and its arguments that start a daemon. */
export const daemonCommand: readonly string[] = [process.execPath, mainFile, 'serve'];
