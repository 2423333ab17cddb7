// What `voiceinput config` shows and writes.

import { configurationSchema, profileNames } from '@voiceinput/engine/configure';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { FOLDER_CONFIGURATION, userConfigurationFile } from '../settings/folders.ts';
import { loadSettings, settle } from '../settings/settle.ts';
import type { SettingsRequest } from '../settings/settle.ts';
import { beginUserFile } from '../settings/user-file.ts';
import { print } from '../show/table.ts';
import { inLocale } from '../messages/in-locale.ts';

type Options = SettingsRequest & { readonly json: boolean };

/** What is in force and where it comes from. */
export async function showConfiguration({ json, ...request }: Options, signal: AbortSignal): Promise<number> {
  const { files, profile, configuration, dictation } = await settle(request, signal);
  const profiles = profileNames(configuration);
  const head = [
    files.length === 0
      ? inLocale`No configuration file found. Create ${userConfigurationFile()} with: voiceinput config init`
      : inLocale`From ${files.join(inLocale`, then `)}`,
    inLocale`${FOLDER_CONFIGURATION} in the current folder is read too, but cannot load plugins.`,
    inLocale`Profiles: ${profiles.join(', ')}. In force: ${profile.name}.`,
  ];
  const parts = [head.join('\n'), titled(inLocale`The profile`, profile), titled(inLocale`Dictation`, dictation)];
  print(json, { files, profiles, profile, dictation }, parts.join('\n\n'));
  return 0;
}

const titled = (title: string, data: object): string => `${title}: ${JSON.stringify(data, null, 2)}`;

/** The JSON Schema of a configuration, with the options of all plugins that are loaded. */
export async function showSchema({ json: _always, ...request }: Options, signal: AbortSignal): Promise<number> {
  const { plugins } = await loadSettings(request, signal);
  process.stdout.write(`${JSON.stringify(configurationSchema(plugins.map(({ plugin }) => plugin)), null, 2)}\n`);
  return 0;
}

/** Writes a first configuration file for the user; never over one that says something. Rejects with `ERR_USAGE` or `ERR_STORAGE`. */
export async function initConfiguration({ json }: Options): Promise<number> {
  const { file, isNew } = await beginUserFile();
  if (!isNew) {
    throw new VoiceInputError('ERR_USAGE', `${file} is already there.`, {
      hint: 'Change a setting with: voiceinput config set, or edit the file; your editor can check it by its $schema.',
    });
  }
  print(json, { file }, inLocale`Wrote ${file}`);
  return 0;
}
