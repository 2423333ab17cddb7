// How the user's own configuration file is begun and changed: what else stands in it, comments too, stays as it is.

import { randomUUID } from 'node:crypto';
import { readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolder, VoiceInputError } from '@voiceinput/plugin-api';
import { applyEdits, modify } from 'jsonc-parser';
import type { JSONPath } from 'jsonc-parser';
import { userConfigurationFile } from './folders.ts';

const NOTHING_IN_IT = /^\uFEFF?\s*(?:\{\s*\})?\s*$/;
const formattingOptions = { insertSpaces: true, tabSize: 2 };

/** Writes a first file where there is none, or an empty one. Gives its path, and whether it was written. Rejects with `ERR_STORAGE`. */
export async function beginUserFile(): Promise<{ readonly file: string; readonly isNew: boolean }> {
  const file = userConfigurationFile();
  const isNew = NOTHING_IN_IT.test(await textOf(file));
  if (isNew) await write(file, `${JSON.stringify(first(), null, 2)}\n`);
  return { file, isNew };
}

/** Lets editors check the file. */
export const $schema = fileURLToPath(new URL('../../voiceinput.schema.json', import.meta.url));

function first(): object {
  return { $schema, hybrid: true, replacements: { 'voice input': 'VoiceInput' } };
}

/** One change: a value, or `undefined` to take away what stands there. */
export type FileChange = readonly [path: JSONPath, value: unknown];

/** The file as it would be with these changes. Rejects with `ERR_STORAGE` when it cannot be read, `ERR_CONFIG_INVALID` where a path leads through a value. */
export async function userFileWith(changes: readonly FileChange[]): Promise<string> {
  const before = (await textOf(userConfigurationFile())).replace(/^\uFEFF/, '');
  return changes.reduce(changed, before.trim() === '' ? '{}\n' : before);
}

function changed(text: string, [path, value]: FileChange): string {
  try {
    return applyEdits(text, modify(text, path, value, { formattingOptions }));
  } catch (error) {
    const place = path.slice(0, -1).join('.');
    throw new VoiceInputError('ERR_CONFIG_INVALID', `There is nothing below ${place}: it is a value.`, {
      cause: error,
    });
  }
}

/** Makes the file this text, all of it or nothing. Gives its path. Rejects with `ERR_STORAGE`. */
export async function writeUserFile(text: string): Promise<string> {
  const file = userConfigurationFile();
  await write(file, text);
  return file;
}

/** Empty where there is no file. */
async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw refused(file, 'read', error as Error);
  }
}

async function write(file: string, text: string): Promise<void> {
  try {
    await makeFolder(dirname(file));
    // A link stays one.
    const target = await realpath(file).catch(() => file);
    const { mode = 0o600 } = await stat(target).catch(() => ({ mode: undefined }));
    const beside = `${target}.${randomUUID()}`;
    try {
      await writeFile(beside, text, { mode, flag: 'wx' });
      await rename(beside, target);
    } finally {
      await rm(beside, { force: true });
    }
  } catch (error) {
    throw refused(file, 'written', error as Error);
  }
}

function refused(file: string, done: 'read' | 'written', cause: Error): VoiceInputError {
  return new VoiceInputError('ERR_STORAGE', `${file} cannot be ${done}: ${cause.message}`, {
    hint: 'Check that the disk is not full, that the folder named in the message belongs to you and, if it is a link, where it points.',
    cause,
  });
}
