// What `voiceinput plugins` shows.

import { nearestOf, VoiceInputError } from '@voiceinput/plugin-api';
import { print, table } from '../show/table.ts';
import { loadSettings } from '../settings/settle.ts';
import type { Settings, SettingsRequest } from '../settings/settle.ts';
import { inLocale, told } from '../messages/in-locale.ts';

export async function listPlugins(
  id: string | undefined,
  { json, ...request }: SettingsRequest & { readonly json: boolean },
  signal: AbortSignal,
): Promise<number> {
  const { plugins } = await loadSettings(request, signal);
  if (id !== undefined) return showPlugin(id, plugins, json);
  const data = plugins.map(({ plugin, origin }) => ({
    id: plugin.id,
    kind: plugin.kind,
    title: plugin.title,
    origin,
    capabilities: plugin.capabilities,
  }));
  const rows = data.map((plugin) => [plugin.id, plugin.kind, plugin.origin, told(plugin.title)]);
  print(json, data, table([[inLocale`PLUGIN`, inLocale`KIND`, inLocale`ORIGIN`, inLocale`WHAT`], ...rows]));
  return 0;
}

function showPlugin(id: string, plugins: Settings['plugins'], json: boolean): number {
  const found = plugins.find(({ plugin }) => plugin.id === id);
  if (found === undefined) {
    const nearest = nearestOf(
      id,
      plugins.map(({ plugin }) => plugin.id),
    );
    throw new VoiceInputError('ERR_PLUGIN_NOT_FOUND', `No plugin "${id}" is loaded.`, {
      ...(nearest !== undefined && { hint: `Did you mean "${nearest}"?` }),
    });
  }
  const { create: _create, ...manifest } = found.plugin;
  const options = (manifest.config?.['properties'] ?? {}) as Record<string, OptionSchema>;
  const rows = Object.entries(options).map(([name, schema]) => [
    name,
    typeOf(schema),
    schema.default === undefined ? '' : JSON.stringify(schema.default),
    schema.description ?? '',
  ]);
  const head = `${manifest.id} (${manifest.kind}, ${found.origin}): ${told(manifest.title)}`;
  print(
    json,
    { ...manifest, origin: found.origin },
    rows.length === 0
      ? inLocale`${head}\nIt has no options.`
      : `${head}\n\n${table([[inLocale`OPTION`, inLocale`TYPE`, inLocale`DEFAULT`, inLocale`WHAT`], ...rows])}`,
  );
  return 0;
}

interface OptionSchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly description?: string;
}

function typeOf({ type = [], enum: values }: OptionSchema): string {
  return values === undefined ? [type].flat().join(' or ') : values.map((value) => JSON.stringify(value)).join(' or ');
}
