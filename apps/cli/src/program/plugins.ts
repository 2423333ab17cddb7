// What can be said on the command line about plugins.

import type { Command } from 'commander';
import { examples, requestOf } from '../show/commands.ts';
import type { Run, Shared } from '../show/commands.ts';

/** Adds `voiceinput plugins` and what stands below it. */
export function addPluginCommands(program: Command, run: Run): void {
  const plugins = program
    .command('plugins')
    .summary('list plugins, their options and commands')
    .description('Lists the loaded plugins, or the options of one.')
    .addHelpText('after', examples('plugins', 'plugins list post-replacements', 'plugins run'));
  const loadPlugins = () => import('../commands/plugins.ts');
  plugins
    .command('list', { isDefault: true })
    .description('list all plugins, or the options of one')
    .argument('[id]')
    .option('--config <file>', 'use this configuration file instead of your own')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('plugins', 'plugins post-replacements'))
    .action((id: string | undefined, options: Shared) =>
      run(async (signal) =>
        (await loadPlugins()).listPlugins(id, { ...requestOf(options), json: options.json === true }, signal),
      ),
    );
  plugins
    .command('run')
    .description('run a plugin command, or list them')
    .argument('[plugin]')
    .argument('[command]')
    .option('--set <name=value...>', 'arguments of the command, as JSON or plain text')
    .option('--config <file>', 'use this configuration file instead of your own')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('plugins run', 'plugins run post-replacements try --set text="voice input"'))
    .action((plugin: string | undefined, command: string | undefined, options: Shared & { set?: string[] }) =>
      run(async (signal) =>
        (await import('../commands/plugin-commands.ts')).runPluginCommand(
          { plugin, command, set: options.set ?? [], json: options.json === true, ...requestOf(options) },
          signal,
        ),
      ),
    );
}
