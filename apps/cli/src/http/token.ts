// What proves that a program belongs to this user: a new secret at each start, or one that environment or service fix.

import { randomBytes } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, VoiceInputError } from '@voiceinput/plugin-api';
import { userDataFolder } from '../settings/folders.ts';

/** In the folder where clients find the daemon. */
export const TOKEN_FILE = 'http.token';
/** Holds the token of a service, in the user's own folder: its clients go on with it after each login. */
const LASTING_FILE = 'http.secret';
const VARIABLE = 'VOICEINPUT_HTTP_TOKEN';
/** A guess must not be worth trying. */
const LEAST_CHARACTERS = 16;

export interface Token {
  readonly token: string;
  /** Holds it, readable by this user only. */
  readonly file: string;
  /** Writes the file, once it is certain that nobody else answers at the address that it is for. */
  write(): Promise<void>;
  /** Removes the file. */
  remove(): Promise<void>;
}

/** Throws `ERR_CONFIG_INVALID` when the environment fixes a token that is not fit. */
export function createToken(folder: string): Token {
  const token = fixedToken() ?? lastingToken() ?? newToken();
  const file = join(folder, TOKEN_FILE);
  return {
    token,
    file,
    async write() {
      const draft = `${file}.${process.pid}`;
      await rm(draft, { force: true });
      await writeFile(draft, `${token}\n`, { mode: 0o600, flag: 'wx' });
      await rename(draft, file);
    },
    remove: () => removeToken(folder),
  };
}

/** Whoever reads the token of a daemon that was killed would send it to whatever listens there now. */
export async function removeToken(folder: string): Promise<void> {
  await rm(join(folder, TOKEN_FILE), { force: true });
}

/** From now on each start has the same token, that of before where there was one. Rejects with the system's error. */
export async function keepToken(): Promise<void> {
  if (lastingToken() !== undefined) return;
  await makeFolder(userDataFolder());
  const file = lastingFile();
  await rm(file, { force: true });
  await writeFile(file, `${newToken()}\n`, { mode: 0o600, flag: 'wx' });
}

/** From now on each start has a token of its own. */
export async function forgetToken(): Promise<void> {
  await rm(lastingFile(), { force: true });
}

const newToken = (): string => randomBytes(32).toString('hex');
const lastingFile = (): string => join(userDataFolder(), LASTING_FILE);

/** Absent where there is none, or others could have read it. */
function lastingToken(): string | undefined {
  const stats = lstatSync(lastingFile(), { throwIfNoEntry: false });
  if (stats === undefined || !stats.isFile() || stats.uid !== (process.getuid?.() ?? stats.uid)) return undefined;
  if (process.platform !== 'win32' && (stats.mode & 0o077) !== 0) return undefined;
  const token = readFileSync(lastingFile(), 'utf8').trim();
  return token.length >= LEAST_CHARACTERS ? token : undefined;
}

function fixedToken(): string | undefined {
  const fixed = process.env[VARIABLE] ?? '';
  if (fixed === '') return undefined;
  if (fixed.length >= LEAST_CHARACTERS && /^[\x21-\x7e]+$/.test(fixed)) return fixed;
  throw new VoiceInputError(
    'ERR_CONFIG_INVALID',
    `${VARIABLE} has ${fixed.length} characters; expected at least ${LEAST_CHARACTERS}, printable ASCII without spaces.`,
    { hint: `Make one with: export ${VARIABLE}=$(openssl rand -hex 32)` },
  );
}
