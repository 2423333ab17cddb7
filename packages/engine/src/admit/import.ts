// How a plugin's module becomes a plugin: JavaScript by `import()`, TypeScript by jiti, its manifest checked.

import { pathToFileURL } from 'node:url';
import type { AnyPlugin } from '@voiceinput/plugin-api';
import * as contract from '@voiceinput/plugin-api';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { checkManifest } from './check.ts';
import { disableTelemetry } from './telemetry.ts';

/** What every plugin imports. */
const CONTRACT = '@voiceinput/plugin-api';

/** Rejects with `ERR_PLUGIN_LOAD`, `ERR_PLUGIN_MANIFEST` or `ERR_PLUGIN_API`. */
export async function importPlugin(url: string): Promise<AnyPlugin> {
  disableTelemetry();
  let module: Record<string, unknown>;
  try {
    module = /\.[cm]?ts$/.test(url) ? await importByJiti(url) : await importJavaScript(url);
  } catch (error) {
    throw new VoiceInputError('ERR_PLUGIN_LOAD', `Importing the plugin ${url} failed: ${firstLineOf(error)}`, {
      cause: error,
    });
  }
  return checkManifest(module['default'], url);
}

async function importJavaScript(url: string): Promise<Record<string, unknown>> {
  try {
    return (await import(url)) as Record<string, unknown>;
  } catch (error) {
    const isContract =
      (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND' && String(error).includes(CONTRACT);
    if (!isContract) throw error;
    return importByJiti(url);
  }
}

/** A file alone, outside of any package, gets the contract from us. */
async function importByJiti(url: string): Promise<Record<string, unknown>> {
  const { createJiti } = await import('jiti');
  const isFound = createJiti(url).esmResolve(CONTRACT, { try: true }) !== undefined;
  const base = pathToFileURL(import.meta.filename).href;
  return createJiti(base, isFound ? {} : { virtualModules: { [CONTRACT]: contract } }).import(url);
}

function firstLineOf(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n')[0]!;
}
