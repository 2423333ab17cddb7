// Where tests find the sources of a package by its name: what is imported is read from them, what is started as a process
// of its own is what was built. With VOICEINPUT_TEST_BUILD all of it is.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const CONDITION = '@voiceinput/source';

interface Manifest {
  readonly name: string;
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

/** By import: the file that the condition `@voiceinput/source` of its package names. */
export function sourceAliases(): { find: RegExp; replacement: string }[] {
  return ['packages', 'plugins', 'apps']
    .flatMap((room) => readdirSync(room).map((name) => resolve(room, name)))
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .flatMap(aliasesOf);
}

function aliasesOf(folder: string): { find: RegExp; replacement: string }[] {
  const { name, exports = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  return Object.entries(exports).flatMap(([path, targets]) => {
    const source = typeof targets === 'string' ? undefined : targets[CONDITION];
    if (source === undefined) return [];
    return [{ find: new RegExp(`^${name}${path.slice(1)}$`), replacement: join(folder, source) }];
  });
}
