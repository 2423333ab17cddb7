// The discovery file, and whether it is there.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runtimeFolder } from './folder.ts';

const FILE = 'daemon.json';

/** Where a daemon says how it is reached. */
export const discoveryFile = (folder: string): string => join(folder, FILE);

/** Whether a daemon of this user was ever started; it may have ended since. Loads nothing, unlike asking it. */
export const wasStarted = (folder = runtimeFolder()): boolean => existsSync(discoveryFile(folder));
