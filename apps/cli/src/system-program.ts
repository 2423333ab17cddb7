// What can be said on the command line about VoiceInput as a part of the system: its service, the shell.

import type { Command } from 'commander';
import { Argument, Option } from 'commander';
import type { Shell } from './commands/completion.ts';
import { subjects } from './completion/tree.ts';
import type { Subject } from './completion/tree.ts';
import { httpOption, httpPortOf, portOption } from './http/offered.ts';
import type { HttpOptions } from './http/offered.ts';
import type { Kind } from './service/service.ts';
import { examples, refuseUnknown } from './show/commands.ts';
import type { Run, Shared } from './show/commands.ts';

export function addSystemCommands(program: Command, run: Run): void {
  const service = program
    .command('service')
    .summary('start the daemon at every login')
    .description('The daemon as a service of your system: systemd on Linux; files for macOS and Windows, not verified.')
    .hook('preSubcommand', refuseUnknown)
    .addHelpText('after', examples('service install', 'service', 'service remove'));
  const load = () => import('./commands/service.ts');
  service
    .command('status', { isDefault: true })
    .description('show whether it is installed and running')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('service status', 'service status --json'))
    .action((options: Shared) => run(async () => (await load()).showService({ json: options.json === true })));
  service
    .command('install')
    .description('start the daemon now and at every login (run it again after moving VoiceInput)')
    .addOption(
      new Option('--file <kind>', 'print the file instead').choices(['systemd', 'launchd', 'task'] satisfies Kind[]),
    )
    .addOption(httpOption)
    .addOption(portOption)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples('service install', 'service install --http', 'service install --file launchd > voiceinput.plist'),
    )
    .action(({ json = false, file, ...http }: Shared & HttpOptions & { file?: Kind }) =>
      run(async (signal) => (await load()).installService({ json, file, httpPort: httpPortOf(http) }, signal)),
    );
  service
    .command('remove')
    .description('stop it and remove it from login')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('service remove'))
    .action((options: Shared) => run(async () => (await load()).uninstallService({ json: options.json === true })));

  const loadCompletion = () => import('./commands/completion.ts');
  program
    .command('completion')
    .summary('print a shell completion script')
    .description('Prints a script that lets your shell complete commands, options, profiles, models and dictations.')
    .addArgument(new Argument('<shell>', 'your shell').choices(['bash', 'zsh', 'fish'] satisfies Shell[]))
    .addHelpText(
      'after',
      examples(
        'completion bash > ~/.local/share/bash-completion/completions/voiceinput',
        'completion zsh > ~/.zsh/completions/_voiceinput',
        'completion fish > ~/.config/fish/completions/voiceinput.fish',
      ),
    )
    .action((shell: Shell) => run(async () => (await loadCompletion()).printCompletion(shell, program)));
  program
    .command('completion-values', { hidden: true })
    .addArgument(new Argument('<subject>').choices(subjects))
    .action((subject: Subject) => run(async (signal) => (await loadCompletion()).printValues(subject, signal)));
}
