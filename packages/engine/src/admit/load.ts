// Where a plugin that a configuration names is found, and that loading it cannot hang.

import { existsSync, statSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Plugin, PluginKind } from '@voiceinput/plugin-api';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { callPlugin } from '../host/call.ts';
import { importPlugin } from './import.ts';

const LOAD_DEADLINE_MS = 10_000;

/** A plugin and where its module is, so that another process can import it too. */
export interface Descriptor<K extends PluginKind = PluginKind> {
  readonly plugin: Plugin<K>;
  readonly url: string;
}

/**
 * Loads the plugin that `specifier` names: a path relative to the first folder, or a package installed in any of them.
 *
 * Rejects with `ERR_PLUGIN_NOT_FOUND`, `ERR_PLUGIN_TIMEOUT` (a module that never finishes) or what importing gives.
 */
export async function loadPlugin(
  specifier: string,
  folders: readonly string[],
  signal: AbortSignal,
): Promise<Descriptor> {
  const url = await locatePlugin(specifier, folders);
  const call = { pluginId: specifier, method: 'import', deadlineMs: LOAD_DEADLINE_MS, signal };
  return { plugin: await callPlugin(call, () => importPlugin(url)), url };
}

async function locatePlugin(specifier: string, folders: readonly string[]): Promise<string> {
  if (isPath(specifier)) {
    const path = resolve(folders[0] ?? '.', specifier);
    if (existsSync(path) && statSync(path).isFile()) return pathToFileURL(path).href;
    throw new VoiceInputError('ERR_PLUGIN_NOT_FOUND', `Plugin file not found: ${path}`, {
      hint: 'Paths are relative to the folder of the configuration file.',
    });
  }
  const { createJiti } = await import('jiti');
  for (const folder of folders) {
    const found = createJiti(pathToFileURL(`${folder}/`).href).esmResolve(specifier, { try: true });
    if (found !== undefined && existsSync(fileURLToPath(found))) return found;
  }
  throw new VoiceInputError(
    'ERR_PLUGIN_NOT_FOUND',
    `No package "${specifier}" is installed in ${folders.join(' or ')}.`,
    {
      hint: `Install it with: npm install --prefix ${folders[0] ?? '.'} ${specifier}`,
    },
  );
}

/** Whether a specifier names a file rather than a package. */
export function isPath(specifier: string): boolean {
  return specifier.startsWith('.') || isAbsolute(specifier);
}
