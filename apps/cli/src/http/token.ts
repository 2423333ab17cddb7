// What proves that a program belongs to this user: a new secret at each start, or one that the environment fixes.

import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VoiceInputError } from '@voiceinput/plugin-api';

const VARIABLE = 'VOICEINPUT_HTTP_TOKEN';
/** A guess must not be worth trying. */
const LEAST_CHARACTERS = 16;

export interface Token {
  readonly token: string;
  /** Holds it, readable by this user only. */
  readonly file: string;
  /** Removes the file. */
  remove(): Promise<void>;
}

/** Writes the token into `folder`. Rejects with `ERR_CONFIG_INVALID` when the environment fixes one that is not fit. */
export async function writeToken(folder: string): Promise<Token> {
  const token = fixedToken() ?? randomBytes(32).toString('hex');
  const file = join(folder, 'http.token');
  const draft = `${file}.${process.pid}`;
  await rm(draft, { force: true });
  await writeFile(draft, `${token}\n`, { mode: 0o600, flag: 'wx' });
  await rename(draft, file);
  return { token, file, remove: () => rm(file, { force: true }) };
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
