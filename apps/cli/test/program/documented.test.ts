// Whether every command that a page tells its readers to type is understood.

import type { CommanderError } from 'commander';
import { expect, test } from 'vitest';
import { createProgram } from '../../src/program/program.ts';
import { commandsInBlocks, commandsInSentences, pages } from './pages.ts';
import { wordsOf } from './words.ts';

const documented = pages.flatMap((page) =>
  [...new Set([...commandsInBlocks(page), ...commandsInSentences(page)])].map((args) => [page, args] as const),
);

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
