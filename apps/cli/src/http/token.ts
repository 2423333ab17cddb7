// What proves that a program belongs to this user: a new secret at each start, or one that the environment fixes.

import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VoiceInputError } from '@voiceinput/plugin-api';

const FILE = 'http.token';
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
  const token = fixedToken() ?? randomBytes(32).toString('hex');
  const file = join(folder, FILE);
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
  await rm(join(folder, FILE), { force: true });
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
