// Which plugin takes a user's file or folder for one of its models.

import { access, constants } from 'node:fs/promises';
import { quoted, VoiceInputError } from '@voiceinput/plugin-api';
import type { ModelImporter, RecognisedModel } from '@voiceinput/plugin-api';
import { statIfThere } from '../cache/check.ts';
import type { BringingPlugin, ModelBringer } from '../catalogue.ts';
import { whatIs } from './what-is.ts';

export interface Recognised {
  readonly plugin: ModelBringer;
  readonly importer: ModelImporter;
  readonly model: RecognisedModel;
}

/**
 * The first plugin that recognises `path`, which is absolute. Rejects with `ERR_FILE_NOT_FOUND`, `ERR_FILE_UNREADABLE`, or
 * `ERR_MODEL_FORMAT`, which says what it is and what was expected.
 */
export async function recognise(
  path: string,
  plugins: readonly BringingPlugin[],
  signal: AbortSignal,
): Promise<Recognised> {
  await refuseUnreadable(path);
  const expected: string[] = [];
  for (const { plugin } of plugins) {
    if (plugin.importer === undefined) continue;
    signal.throwIfAborted();
    const importer = await plugin.importer.open();
    const model = await importer.recognise(path, signal);
    if (model !== undefined) return { plugin, importer, model };
    expected.push(plugin.importer.expects);
  }
  const found = `${path} is ${await whatIs(path)}`;
  throw new VoiceInputError(
    'ERR_MODEL_FORMAT',
    expected.length === 0
      ? `${found}, and no plugin here imports models.`
      : `${found}. Expected: ${expected.join('; or ')}.`,
  );
}

async function refuseUnreadable(path: string): Promise<void> {
  if (!(await statIfThere(path)))
    throw new VoiceInputError('ERR_FILE_NOT_FOUND', `There is no file or folder ${quoted(path)}.`);
  try {
    await access(path, constants.R_OK);
  } catch (error) {
    throw new VoiceInputError('ERR_FILE_UNREADABLE', `You are not allowed to read ${quoted(path)}.`, { cause: error });
  }
}
