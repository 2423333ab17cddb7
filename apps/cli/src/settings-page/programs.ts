// Which settings make VoiceInput run programs or load code: a page alone must not bring any.

import { builtInPlugins } from '../built-in/plugins.ts';

/** Of the plugins that come with VoiceInput, those that run what their options name. */
const RUNNING = new Set(['sink-exec']);

/** Every one that `configuration`, as it stands in a file, would run or load, in words that tell them apart. */
export async function programsIn(configuration: unknown): Promise<ReadonlySet<string>> {
  const harmless = new Set((await builtInPlugins()).map(({ plugin }) => plugin.id).filter((id) => !RUNNING.has(id)));
  const found = new Set<string>();
  const { plugins, dictation } = asObject(configuration);
  for (const plugin of Array.isArray(plugins) ? plugins : []) found.add(`plugins: ${JSON.stringify(plugin)}`);
  for (const hook of ['onDraft', 'onRefined']) {
    const command = asObject(dictation)[hook];
    if (command !== undefined && !isEmpty(command)) found.add(`dictation.${hook}: ${JSON.stringify(command)}`);
  }
  for (const { path, choice } of choicesIn(configuration))
    if (!harmless.has(String(choice['use']))) found.add(`${path}: ${JSON.stringify(choice)}`);
  return found;
}

interface Choice {
  readonly path: string;
  readonly choice: Readonly<Record<string, unknown>>;
}

/** Everything that uses a plugin, wherever it stands. */
function choicesIn(value: unknown, path = ''): readonly Choice[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Object.hasOwn(value, 'use') ? [{ path, choice: asObject(value) }] : [];
  const inside = Object.entries(value).flatMap(([key, one]) => choicesIn(one, path === '' ? key : `${path}.${key}`));
  return [...own, ...inside];
}

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
