// Which files are documentation.

import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const root = dirname(dirname(import.meta.dirname));

/** Paths from the root of everything that people read. */
export function markdownFiles(): string[] {
  const members = ['packages', 'plugins', 'apps'].flatMap((room) =>
    readdirSync(join(root, room)).map((name) => `${room}/${name}`),
  );
  const readmes = ['.', ...members, 'bench', 'examples', 'fixtures'].map((folder) => join(folder, 'README.md'));
  const pages = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => `docs/${path}`);
  return [...readmes, 'CONTRIBUTING.md', ...pages].filter((path) => existsSync(join(root, path)));
}
