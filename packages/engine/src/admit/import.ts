// How a plugin's module becomes a plugin: JavaScript by `import()`, TypeScript by jiti, its manifest checked.

import { pathToFileURL } from 'node:url';
import type { AnyPlugin } from '@voiceinput/plugin-api';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { checkManifest } from './check.ts';
import { disableTelemetry } from './telemetry.ts';

/** Rejects with `ERR_PLUGIN_LOAD`, `ERR_PLUGIN_MANIFEST` or `ERR_PLUGIN_API`. */
export async function importPlugin(url: string): Promise<AnyPlugin> {
  disableTelemetry();
  let module: Record<string, unknown>;
  try {
    module = /\.[cm]?ts$/.test(url) ? await importTypeScript(url) : ((await import(url)) as Record<string, unknown>);
  } catch (error) {
    throw new VoiceInputError('ERR_PLUGIN_LOAD', `Importing the plugin ${url} failed: ${firstLineOf(error)}`, {
      cause: error,
    });
  }
  return checkManifest(module['default'], url);
}

async function importTypeScript(url: string): Promise<Record<string, unknown>> {
  const { createJiti } = await import('jiti');
  return createJiti(pathToFileURL(import.meta.filename).href).import(url);
}

function firstLineOf(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n')[0]!;
}
