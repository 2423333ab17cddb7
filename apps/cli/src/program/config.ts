// What can be said on the command line about the configuration.

import type { Command } from 'commander';
import { examples, refuseUnknown, requestOf } from '../show/commands.ts';
import type { Run, Shared } from '../show/commands.ts';

/** Adds `voiceinput config` and what stands below it. */
export function addConfigCommands(program: Command, run: Run): void {
  const config = program
    .command('config')
    .summary('show or change settings')
    .description(
      'Shows the effective configuration, and changes settings for good. Changes count from the next dictation on.',
    )
    .hook('preSubcommand', refuseUnknown)
    .addHelpText('after', examples('config', 'config set dictation.key F9', 'config init'));
  const loadConfig = () => import('../commands/config.ts');
  const withConfigOptions = (command: Command): Command =>
    command
      .option('--profile <name>', 'use this profile')
      .option('--config <file>', 'use this configuration file instead of your own')
      .option('--json', 'print JSON');
  withConfigOptions(
    config
      .command('show', { isDefault: true })
      .description('show the effective configuration and its sources')
      .addHelpText('after', examples('config show', 'config show --profile quick')),
  ).action((options: Shared) =>
    run(async (signal) =>
      (await loadConfig()).showConfiguration({ ...requestOf(options), json: options.json === true }, signal),
    ),
  );
  withConfigOptions(
    config
      .command('schema')
      .description('print the JSON Schema of the configuration file, for editors')
      .addHelpText('after', examples('config schema > voiceinput.schema.json')),
  ).action((options: Shared) =>
    run(async (signal) => (await loadConfig()).showSchema({ ...requestOf(options), json: true }, signal)),
  );
  addSettings(config, run);
  config
    .command('init')
    .description('write a first configuration file')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('config init'))
    .action((options: Shared) =>
      run(async () => (await loadConfig()).initConfiguration({ json: options.json === true })),
    );
}

/** Adds `voiceinput settings`. */
export function addSettingsCommand(program: Command, run: Run): void {
  program
    .command('settings')
    .summary('open the settings in your browser')
    .description(
      'Opens a page with all settings, the models and the history in your browser, on this machine only, and closes it when\n' +
        'you do. What would run a program is asked about here, in the terminal.',
    )
    .option('--no-browser', 'only print the address and the code')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('settings', 'settings --no-browser'))
    .action(({ json = false, browser }: Shared & { browser: boolean }) =>
      run(async (signal) => (await import('../commands/settings.ts')).openSettingsPage({ json, browser }, signal)),
    );
}

/** Each is about one setting, by its path. */
function addSettings(config: Command, run: Run): void {
  const load = () => import('../commands/setting.ts');
  const shown = ({ json = false }: Shared) => ({ json });
  config
    .command('get')
    .description('print a setting: yours, or the default')
    .argument('<path>', 'setting, such as dictation.key')
    .option('--config <file>', 'use this configuration file instead of your own')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('config get dictation.key', 'config get profiles.default.fast --json'))
    .action((path: string, options: Shared) =>
      run(async (signal) => (await load()).getSetting(path, { ...requestOf(options), ...shown(options) }, signal)),
    );
  config
    .command('set')
    .description('change a setting for good, in your configuration file')
    .argument('<path>', 'setting, such as dictation.key')
    .argument('<value...>', 'text, number, true, false or JSON; several make a list')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples(
        'config set dictation.key F9',
        'config set dictation.mode toggle',
        'config set words Kubernetes "Baker Street"',
        'config set "replacements.jay son" JSON',
        'config set profiles.quick.hybrid false',
      ),
    )
    .action((path: string, values: string[], options: Shared) =>
      run(async (signal) => (await load()).setSetting(path, values, shown(options), signal)),
    );
  config
    .command('unset')
    .description('remove a setting from your configuration file, so that the default counts')
    .argument('<path>', 'setting, such as dictation.key')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('config unset dictation.key', 'config unset "replacements.jay son"'))
    .action((path: string, options: Shared) =>
      run(async (signal) => (await load()).unsetSetting(path, shown(options), signal)),
    );
}
