// What stands between `<!-- name:begin argument -->` and `<!-- name:end -->` in a page.

import { dirname } from 'node:path';
import { dependenciesTable } from './dependencies.ts';
import { limitsTable } from './limits.ts';
import { keysTable, manifests, optionsTable } from './schema.ts';
import { snippet } from './snippets.ts';

const MARKED = /<!-- (?<name>[a-z]+):begin(?: (?<argument>\S+))? -->\n[^]*?<!-- \k<name>:end -->/g;

type Writer = (argument: string, path: string) => string | Promise<string>;

const writers: Readonly<Record<string, Writer>> = {
  options: (_argument, path) => optionsTable(dirname(path).split('/').at(-1)!),
  keys: () => keysTable(),
  dependencies: () => dependenciesTable(),
  limits: () => limitsTable(),
  snippet: (source) => snippet(source),
};

/** `text` with everything between marks written anew; marks that nothing writes for stay as they are. */
export async function fillMarked(text: string, path: string): Promise<string> {
  let [filled, position] = ['', 0];
  for (const match of text.matchAll(MARKED)) {
    const { name, argument = '' } = match.groups as { name: string; argument?: string };
    const write = writers[name];
    if (write === undefined) continue;
    const begin = `<!-- ${[`${name}:begin`, argument].filter(Boolean).join(' ')} -->`;
    const content = await write(argument, path);
    filled += `${text.slice(position, match.index)}${begin}\n\n${content}\n\n<!-- ${name}:end -->`;
    position = match.index + match[0].length;
  }
  return filled + text.slice(position);
}

/** A built-in plugin's README has the table of its options. */
export function complaintsAboutMarks(text: string, path: string): string[] {
  const plugin = manifests.find(({ id }) => path === `plugins/${id}/README.md`);
  const missing = plugin?.config !== undefined && !text.includes('<!-- options:begin -->');
  return missing
    ? [`${path}: the table of options is missing; write: <!-- options:begin --> <!-- options:end -->`]
    : [];
}
