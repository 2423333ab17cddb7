// What can be said on the command line about dictating into applications.

import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import type { Mode } from '@voiceinput/client';
import { httpOption, httpPortOf, portOption } from './http/offered.ts';
import type { HttpOptions } from './http/offered.ts';
import { examples, refuseUnknown, requestOf } from './show/commands.ts';
import type { Run, Shared } from './show/commands.ts';

interface SetOptions {
  readonly hybrid?: 'on' | 'off';
  readonly profile?: string;
  readonly microphone?: string;
  readonly json?: boolean;
}

const SINK = ['--sink <name>', 'where the text goes: desktop, clipboard, nowhere, or your own plugin'] as const;

export function addDaemonCommands(program: Command, version: string, run: Run): void {
  const loadControl = () => import('./commands/control.ts');
  type Show = (options: { readonly json: boolean }, signal: AbortSignal) => Promise<number>;

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
        (await import('./commands/serve.ts')).serveCommand(
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
      run(async (signal) => (await import('./commands/tray.ts')).tray({ language }, signal)),
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
        const { dictate } = await import('./commands/dictate.ts');
        return dictate({ json: options.json === true, mode, sink: options.sink }, signal);
      }),
    );

  const simple = (name: string, does: string, load: () => Promise<Show>): void => {
    program
      .command(name)
      .description(does)
      .option('--json', 'print JSON')
      .addHelpText('after', examples(name, `${name} --json`))
      .action((options: Shared) => run(async (signal) => (await load())({ json: options.json === true }, signal)));
  };
  simple('status', 'show what the daemon is doing', async () => (await loadControl()).showStatus);
  program
    .command('start')
    .description('start recording; starts the daemon if needed')
    .option('--hands-free', 'stop after a silence instead of waiting for voiceinput stop')
    .option(...SINK)
    .option('--json', 'print JSON')
    .addHelpText('after', examples('start', 'start --hands-free --sink clipboard'))
    .action(({ json = false, handsFree = false, sink }: Shared & { handsFree?: boolean; sink?: string }) =>
      run(async (signal) => (await loadControl()).startRecording({ json, handsFree, sink }, signal)),
    );
  simple('stop', 'stop recording and insert the text', async () => (await loadControl()).stopRecording);
  program
    .command('toggle')
    .description('stop recording if one is in progress, else start one')
    .option(...SINK)
    .option('--json', 'print JSON')
    .addHelpText('after', examples('toggle', 'toggle --sink clipboard'))
    .action(({ json = false, sink }: Shared & { sink?: string }) =>
      run(async (signal) => (await loadControl()).toggleRecording({ json, sink }, signal)),
    );
  simple('cancel', 'discard the recording', async () => (await loadControl()).cancelRecording);
  program
    .command('undo')
    .description('undo the last (or given) dictation: once for the draft, twice to remove it')
    .argument('[id]', 'ID of a dictation since the daemon started')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('undo', 'undo 20261121-031502-123-ab12 --json'))
    .action((id: string | undefined, { json = false }: Shared) =>
      run(async (signal) => (await loadControl()).undoDictation({ json, id }, signal)),
    );
  simple('microphones', 'list microphones', async () => (await import('./commands/microphones.ts')).listMicrophones);
  simple('quit', 'stop the daemon', async () => (await loadControl()).endDaemon);
  simple(
    'restart',
    'restart the daemon, even if it hangs',
    async () => (await import('./commands/restart.ts')).restartDaemon,
  );

  program
    .command('paste')
    .summary('insert an earlier dictation at the cursor')
    .description('Inserts an earlier dictation at the cursor: the last one, or the given one.')
    .argument('[id]', 'ID of the dictation, or the first characters of it')
    .option('--refined', 'insert the refined text (default)')
    .addOption(new Option('--draft', 'insert the draft').conflicts('refined'))
    .option('--json', 'print JSON')
    .addHelpText('after', examples('paste', 'paste --refined', 'paste 20261121-031502 --draft'))
    .action((id: string | undefined, options: Shared & { draft?: boolean }) =>
      run(async (signal) =>
        (await import('./commands/history.ts')).pasteDictation(
          id,
          { json: options.json === true, draft: options.draft === true },
          signal,
        ),
      ),
    );

  program
    .command('set')
    .summary('change settings until the daemon stops')
    .description(
      'Changes settings for the next dictations until the daemon stops. The configuration file is not changed.',
    )
    .addOption(new Option('--hybrid <onoff>', 'refine the draft in the background').choices(['on', 'off']))
    .option('--profile <name>', 'a profile from the configuration')
    .option('--microphone <id>', 'ID of a microphone; see voiceinput microphones')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('set --hybrid off', 'set --profile quick --microphone alsa_input.usb'))
    .action((options: SetOptions) =>
      run(async (signal) => {
        const { hybrid, profile, microphone, json = false } = options;
        const { changeSettings } = await loadControl();
        return changeSettings({ json, hybrid, profile, microphone }, signal);
      }),
    );

  program
    .command('watch')
    .summary('show events as they happen')
    .description('Shows the events of the daemon as they happen; reconnects when the daemon restarts.')
    .option('--text', 'include dictated text')
    .option('--json', 'print JSON, one event per line')
    .addHelpText('after', examples('watch', 'watch --json --text'))
    .action((options: Shared & { text?: boolean }) =>
      run(async (signal) =>
        (await import('./commands/watch.ts')).watchDaemon(
          { json: options.json === true, text: options.text === true },
          signal,
        ),
      ),
    );

  const history = program
    .command('history')
    .summary('list earlier dictations')
    .description('Earlier dictations on this machine, newest first, with draft and refined text.')
    .hook('preSubcommand', refuseUnknown)
    .addHelpText('after', examples('history', 'history list --query invoice', 'history retry 20261121'));
  const loadHistory = () => import('./commands/history.ts');
  history
    .command('list', { isDefault: true })
    .description('list the last dictations')
    .option('--limit <count>', 'how many at most', count, 20)
    .option('--query <words>', 'only dictations that contain these words')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('history list --limit 5', 'history list --json'))
    .action((options: Shared & { limit: number; query?: string }) =>
      run(async (signal) =>
        (await loadHistory()).listHistory(
          { json: options.json === true, limit: options.limit, query: options.query },
          signal,
        ),
      ),
    );
  history
    .command('show')
    .description('show one dictation (waits until it is finished)')
    .argument('<id>', 'ID of the dictation, or the first characters of it')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('history show 20261121-031502', 'history show 20261121-031502 --json'))
    .action((id: string, options: Shared) =>
      run(async (signal) => (await loadHistory()).showDictation(id, { json: options.json === true }, signal)),
    );
  history
    .command('retry')
    .description('transcribe a saved recording again')
    .argument('<id>', 'ID of the dictation, or the first characters of it')
    .option('--profile <name>', 'use this profile')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('history retry 20261121-031502'))
    .action((id: string, options: Shared) =>
      run(async (signal) =>
        (await loadHistory()).retryDictation(id, { json: options.json === true, profile: options.profile }, signal),
      ),
    );
  history
    .command('copy')
    .description('copy a dictation to the clipboard')
    .argument('<id>', 'ID of the dictation, or the first characters of it')
    .option('--draft', 'copy the draft instead of the refined text')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('history copy 20261121-031502', 'history copy 20261121-031502 --draft'))
    .action((id: string, options: Shared & { draft?: boolean }) =>
      run(async (signal) =>
        (await loadHistory()).copyDictation(id, { json: options.json === true, draft: options.draft === true }, signal),
      ),
    );
  history
    .command('remove')
    .description('delete a dictation and its recording')
    .argument('<id>', 'ID of the dictation, or the first characters of it')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('history remove 20261121-031502'))
    .action((id: string, options: Shared) =>
      run(async (signal) => (await loadHistory()).removeDictation(id, { json: options.json === true }, signal)),
    );
}

function count(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a whole number from 1 to 999.');
}
