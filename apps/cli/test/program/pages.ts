// What the pages of documentation tell their readers to type.

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../../..');
/** From the root of the clone. */
export const pages: readonly string[] = [
  ...['', 'docs', 'bench', 'examples'].map((folder) => [folder, ''] as const),
  ...['apps', 'packages', 'plugins'].flatMap((room) =>
    readdirSync(join(root, room)).map((name) => [room, name] as const),
  ),
]
  .map((parts) => join(...parts))
  .flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md') && name !== 'CHANGELOG.md')
      .map((name) => join(folder, name)),
  );

const BLOCK = /^```(?:sh|bash|console)\n(?<text>[^]*?)^```/gm;
/** What stands behind the program's name, where a command begins. */
const COMMAND = /(?:^|[|;&(] *|\b[A-Z_]+=\S+ +)(?:npx pnpm )?voiceinput (?<args>.*)$/g;
/** Within a sentence; `…` stands for whatever it may be. */
const INLINE = /`(?<line>(?:npx pnpm )?voiceinput [^`…]+)`/g;

/** What stands behind `voiceinput` in the blocks of a page. */
export function commandsInBlocks(page: string): string[] {
  const blocks = [...textOf(page).matchAll(BLOCK)].map(({ groups }) => groups!['text']!.replaceAll('\\\n', ' '));
  return commandsIn(blocks.flatMap((block) => block.split('\n')));
}

/** The same within its sentences. */
export function commandsInSentences(page: string): string[] {
  return commandsIn([...textOf(page).matchAll(INLINE)].map(({ groups }) => groups!['line']!));
}

const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');

function commandsIn(lines: readonly string[]): string[] {
  return lines
    .flatMap((line) => [...line.matchAll(COMMAND)].map(({ groups }) => groups!['args']!.trim()))
    .filter((args) => args !== '');
}
