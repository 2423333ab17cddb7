// Decides what can be said on the command line about VoiceInput as a part of the system: its service.

import type { Command } from 'commander';
import { Option } from 'commander';
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
    .description('whether it is installed, and whether it runs')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('service status', 'service status --json'))
    .action((options: Shared) => run(async () => (await load()).showService({ json: options.json === true })));
  service
    .command('install')
    .description('start the daemon now and at every login; again after a move')
    .addOption(
      new Option('--file <kind>', 'print the file instead').choices(['systemd', 'launchd', 'task'] satisfies Kind[]),
    )
    .option('--json', 'print JSON')
    .addHelpText('after', examples('service install', 'service install --file launchd > voiceinput.plist'))
    .action((options: Shared & { file?: Kind }) =>
      run(async (signal) => (await load()).installService({ json: options.json === true, file: options.file }, signal)),
    );
  service
    .command('remove')
    .description('end it, and start it no more')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('service remove'))
    .action((options: Shared) => run(async () => (await load()).uninstallService({ json: options.json === true })));
}
