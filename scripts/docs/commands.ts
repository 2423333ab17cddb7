// How the help of all commands becomes a page.

import { createProgram } from '../../apps/cli/dist/program/program.js';

type Command = ReturnType<typeof createProgram>;

export function commandsPage(): string {
  const program = createProgram('', async () => undefined);
  return [
    '<!-- Written by `pnpm run docs` from apps/cli/src/program. -->',
    '# Commands',
    'In a clone, write `npx pnpm voiceinput` for `voiceinput`. This page is what `--help` of each command says; the codes are explained in [errors.md](errors.md).',
    ...sectionsOf(program, ''),
  ].join('\n\n');
}

function sectionsOf(command: Command, parents: string): string[] {
  const name = `${parents}${command.name()}`;
  const visible = command.createHelp().visibleCommands(command);
  return [
    `## ${name}`,
    `\`\`\`text\n${helpOf(command)}\n\`\`\``,
    ...visible.flatMap((child) => sectionsOf(child, `${name} `)),
  ];
}

function helpOf(command: Command): string {
  let help = '';
  command.configureOutput({ writeOut: (text) => void (help += text), getOutHelpWidth: () => 100 }).outputHelp();
  return help.trim();
}
