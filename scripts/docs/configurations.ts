// Which examples in a page would be refused: every JSON block must be a configuration or options that work.

import { basename, dirname } from 'node:path';
import { checkConfiguration, profileNames, resolveProfile, validate } from '../../packages/engine/dist/index.js';
import type { Configuration } from '../../packages/engine/dist/index.js';
import { builtInProfile } from '../../apps/cli/dist/built-in/profile.js';
import { manifests } from './schema.ts';

const BLOCK = /^```json\n(?<json>[^]*?)^```/gm;
/** Comes from a file that the tests use. */
const SNIPPET = /<!-- snippet:begin[^]*?<!-- snippet:end -->/g;
/** Its blocks are what is printed. */
const OUTPUTS = 'docs/JSON.md';

export function complaintsAboutConfigurations(text: string, path: string): string[] {
  if (path === OUTPUTS) return [];
  const blocks = Array.from(text.replace(SNIPPET, '').matchAll(BLOCK), ({ groups }) => groups!['json']!);
  return blocks.flatMap((json) => {
    const complaint = isOptions(json, path) ? undefined : refusalOf(json, path);
    return complaint === undefined ? [] : [complaint];
  });
}

function refusalOf(json: string, path: string): string | undefined {
  try {
    const configuration = JSON.parse(json) as Configuration;
    checkConfiguration(configuration, manifests, path);
    for (const name of profileNames(configuration)) {
      resolveProfile({ configuration, name, builtIn: builtInProfile, plugins: manifests, origin: path });
    }
    return undefined;
  } catch (error) {
    return `${path}: an example does not work: ${(error as Error).message}`;
  }
}

/** Whether it would do as the options of the plugin whose README this is. */
function isOptions(json: string, path: string): boolean {
  const plugin = manifests.find(({ id }) => id === basename(dirname(path)));
  if (plugin?.config === undefined) return false;
  try {
    validate(JSON.parse(json), plugin.config, { origin: path });
    return true;
  } catch {
    return false;
  }
}
