// What can be said on the command line about the daemon, its tray and a dictation that is shown.

import type { Command } from 'commander';
import type { Mode } from '@voiceinput/client';
import { httpOption, httpPortOf, portOption } from '../http/offered.ts';
import type { HttpOptions } from '../http/offered.ts';
import { examples, requestOf } from '../show/commands.ts';
import type { Run, Shared } from '../show/commands.ts';
import { SINK } from './sink.ts';

/** Adds `serve`, `tray` and `dictate`. */
export function addDaemonCommands(program: Command, version: string, run: Run): void {
  program
    .command('serve')
    .summary('run the daemon')
    .description(
      'Runs the daemon, which holds the models, the microphone, the key and the history, and types into applications.',
    )
    .option('--no-hybrid', 'draft only, skip the refine pass')
    .option('--profile <name>', 'use this profile from the configuration')
    .option('--config <file>', 'use this configuration file instead of your own')
    .addOption(httpOption)
    .addOption(portOption)
    .option('--json', 'print JSON')
    .addHelpText('after', examples('serve', 'serve --no-hybrid', 'serve --http'))
    .action((options: Shared & HttpOptions) =>
      run(async (signal) =>
        (await import('../commands/serve.ts')).serveCommand(
          { ...requestOf(options), version, json: options.json === true, httpPort: httpPortOf(options) },
          signal,
        ),
      ),
    );

  program
    .command('tray')
    .summary('show an icon in the panel')
    .description(
      'Shows an icon with a menu in the panel, and an overlay while you dictate. Starts the daemon if needed.',
    )
    .option('--language <code>', 'en or ru; default: the language of the desktop')
    .addHelpText('after', examples('tray', 'tray --language ru'))
    .action(({ language }: { language?: string }) =>
      run(async (signal) => (await import('../commands/tray.ts')).tray({ language }, signal)),
    );

  program
    .command('dictate')
    .summary('dictate into the focused window')
    .description(
      'Dictates from the microphone into the focused window. Starts the daemon if needed. Press Enter to stop.',
    )
    .option('--toggle', 'start now, press Enter to stop (default)')
    .option('--hands-free', 'start now, stop after a silence')
    .option('--hold', 'watch push-to-talk dictations until Ctrl-C')
    .option(...SINK)
    .option('--json', 'print JSON')
    .addHelpText('after', examples('dictate', 'dictate --hands-free --sink clipboard', 'dictate --hold'))
    .action((options: Shared & { handsFree?: boolean; hold?: boolean; sink?: string }) =>
      run(async (signal) => {
        const mode: Mode = options.hold === true ? 'hold' : options.handsFree === true ? 'hands-free' : 'toggle';
        const { dictate } = await import('../commands/dictate.ts');
        return dictate({ json: options.json === true, mode, sink: options.sink }, signal);
      }),
    );
}
