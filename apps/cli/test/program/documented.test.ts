// Whether every command that a page tells its readers to type is understood.

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CommanderError } from 'commander';
import { expect, test } from 'vitest';
import { createProgram } from '../../src/program/program.ts';
import { wordsOf } from './words.ts';

const root = resolve(import.meta.dirname, '../../../..');
const pages = [
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

function commandsIn(page: string): string[] {
  const text = readFileSync(join(root, page), 'utf8');
  const lines = [...text.matchAll(BLOCK)].flatMap(({ groups }) => groups!['text']!.replaceAll('\\\n', ' ').split('\n'));
  lines.push(...[...text.matchAll(INLINE)].map(({ groups }) => groups!['line']!));
  return lines
    .flatMap((line) => [...line.matchAll(COMMAND)].map(({ groups }) => groups!['args']!.trim()))
    .filter((args) => args !== '');
}

const documented = pages.flatMap((page) => [...new Set(commandsIn(page))].map((args) => [page, args] as const));

test('pages tell of many commands', () => expect(documented.length).toBeGreaterThan(40));

test.each(documented)('%s: voiceinput %s', async (_, args) => {
  const program = createProgram('0', async () => undefined);
  for (const command of [program, ...program.commands]) command.configureOutput({ writeOut: () => undefined });
  // Help and version are answers, and a sentence may name a command without what it takes.
  const code = await program.parseAsync(wordsOf(args), { from: 'user' }).then(
    () => 'understood',
    (error: CommanderError) => (error.exitCode === 0 ? 'understood' : error.code),
  );
  expect(code).toBeOneOf(['understood', 'commander.help', 'commander.missingArgument']);
});
