// Whether what a module exports is a plugin of this contract.

import type { AnyPlugin, ImporterManifest, PluginKind } from '@voiceinput/plugin-api';
import { API_VERSION, isPlugin, PLUGIN_KINDS, troubleWithCapabilities, VoiceInputError } from '@voiceinput/plugin-api';
import { troubleWithModels } from './models.ts';

const ID_PREFIX: Record<PluginKind, string> = {
  source: 'source-',
  vad: 'vad-',
  runner: 'runner-',
  judge: 'judge-',
  postprocessor: 'post-',
  sink: 'sink-',
};

/** Gives `value` back as a plugin. Throws `ERR_PLUGIN_MANIFEST` or `ERR_PLUGIN_API`; `origin` goes into the message. */
export function checkManifest(value: unknown, origin: string): AnyPlugin {
  const refuse = (what: string): never => {
    throw new VoiceInputError('ERR_PLUGIN_MANIFEST', `${origin}: ${what}`);
  };
  if (!isPlugin(value)) return refuse('its default export is not the result of definePlugin.');
  const { api, kind, id, capabilities, create, config, commands, models, importer } = value as Partial<AnyPlugin>;
  if (api !== API_VERSION) {
    throw new VoiceInputError(
      'ERR_PLUGIN_API',
      `${origin} is written for plugin contract ${String(api)}; this is ${API_VERSION}.`,
    );
  }
  if (kind === undefined || !PLUGIN_KINDS.includes(kind))
    return refuse(`kind is ${JSON.stringify(kind)}, expected one of ${PLUGIN_KINDS.join(', ')}.`);
  if (typeof id !== 'string' || !/^[a-z0-9]+(-[a-z0-9]+)+$/.test(id) || !id.startsWith(ID_PREFIX[kind])) {
    return refuse(`id is ${JSON.stringify(id)}, expected "${ID_PREFIX[kind]}" and a lower-case word.`);
  }
  if (typeof create !== 'function') return refuse('create is not a function.');
  if (typeof capabilities !== 'object' || capabilities === null) return refuse('capabilities is not an object.');
  if (commands !== undefined && kind === 'runner')
    return refuse('a runner cannot offer commands: its part lives in a process that only reads clips.');
  for (const { id: word, title, arguments: form } of commands ?? []) {
    if (typeof word !== 'string' || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(word) || typeof title !== 'string')
      return refuse(`a command is ${JSON.stringify({ id: word, title })}, expected an id in lower case and a title.`);
    if (typeof form !== 'object' || form['type'] !== 'object')
      return refuse(`the arguments of its command "${word}" are not a JSON Schema of type object.`);
  }
  if (config !== undefined && (typeof config !== 'object' || config['type'] !== 'object'))
    return refuse('config is not a JSON Schema of type object.');
  const trouble = models === undefined ? undefined : troubleWithModels(models);
  if (trouble !== undefined) return refuse(trouble);
  if (importer !== undefined && !isImporter(importer))
    return refuse('its importer has no function open, or does not say what it expects and its version.');
  if (importer === undefined && models?.some(({ imported }) => imported))
    return refuse('a model goes through an importer, and there is none.');
  const flaw = troubleWithCapabilities(kind, capabilities);
  return flaw === undefined ? value : refuse(`its capability ${flaw}.`);
}

const isImporter = ({ expects, version, open }: Partial<ImporterManifest>): boolean =>
  typeof expects === 'string' && Number.isSafeInteger(version) && typeof open === 'function';
