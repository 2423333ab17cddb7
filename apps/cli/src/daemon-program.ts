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

const SINK = ['--sink <name>', 'where the text goes: desktop, clipboard, nowhere, or a plugin of yours'] as const;

export function addDaemonCommands(program: Command, version: string, run: Run): void {
  const loadControl = () => import('./commands/control.ts');
  type Show = (options: { readonly json: boolean }, signal: AbortSignal) => Promise<number>;

  program
    .command('serve')
    .summary('run the daemon')
    .description('Runs the daemon: it holds models, microphone, key and history, and dictates into applications.')
    .option('--no-hybrid', 'only the fast draft, no better reading')
    .option('--profile <name>', 'use this profile of the configuration')
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
    .description('Shows VoiceInput in the panel, with a menu and an overlay; starts the daemon if needed.')
    .option('--language <code>', 'en or ru instead of the language of the desktop')
    .addHelpText('after', examples('tray', 'tray --language ru'))
    .action(({ language }: { language?: string }) =>
      run(async (signal) => (await import('./commands/tray.ts')).tray({ language }, signal)),
    );

  program
    .command('dictate')
    .summary('speak; the text goes where you work')
    .description('Dictates with the microphone; starts the daemon if needed. Without an option, Enter ends it.')
    .option('--toggle', 'begin now; Enter ends (the default)')
    .option('--hands-free', 'begin now; a silence ends')
    .option('--hold', 'show what is dictated with the key until Ctrl-C')
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
  simple('status', 'what the daemon is doing and with what', async () => (await loadControl()).showStatus);
  program
    .command('start')
    .description('begin to record; starts the daemon if needed')
    .option('--hands-free', 'a silence ends it; else voiceinput stop does')
    .option(...SINK)
    .option('--json', 'print JSON')
    .addHelpText('after', examples('start', 'start --hands-free --sink clipboard'))
    .action(({ json = false, handsFree = false, sink }: Shared & { handsFree?: boolean; sink?: string }) =>
      run(async (signal) => (await loadControl()).startRecording({ json, handsFree, sink }, signal)),
    );
  simple('stop', 'end the recording: what was said is inserted', async () => (await loadControl()).stopRecording);
  program
    .command('toggle')
    .description('end the recording if there is one, else begin one')
    .option(...SINK)
    .option('--json', 'print JSON')
    .addHelpText('after', examples('toggle', 'toggle --sink clipboard'))
    .action(({ json = false, sink }: Shared & { sink?: string }) =>
      run(async (signal) => (await loadControl()).toggleRecording({ json, sink }, signal)),
    );
  simple('cancel', 'drop the recording: nothing of it is inserted', async () => (await loadControl()).cancelRecording);
  program
    .command('undo')
    .description('take the last dictation back, or the one that you name: first the draft returns, then all of it goes')
    .argument('[id]', 'a dictation since the daemon started')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('undo', 'undo 20261121-031502-123-ab12 --json'))
    .action((id: string | undefined, { json = false }: Shared) =>
      run(async (signal) => (await loadControl()).undoDictation({ json, id }, signal)),
    );
  simple(
    'microphones',
    'what can be listened to',
    async () => (await import('./commands/microphones.ts')).listMicrophones,
  );
  simple('quit', 'end the daemon', async () => (await loadControl()).endDaemon);
  simple(
    'restart',
    'restart the daemon, also one that hangs',
    async () => (await import('./commands/restart.ts')).restartDaemon,
  );

  program
    .command('paste')
    .summary('insert a dictated text where the focus is')
    .description('Inserts a dictated text where the focus is: the newest, or the one that you name.')
    .argument('[id]', 'a dictation of the history; the beginning of its id will do')
    .option('--refined', 'the refined text (the default)')
    .addOption(new Option('--draft', 'the draft instead').conflicts('refined'))
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
    .summary('change what the daemon does, until it ends')
    .description('Changes what the next dictations use, until the daemon ends; the configuration stays as it is.')
    .addOption(new Option('--hybrid <onoff>', 'a better reading after the draft').choices(['on', 'off']))
    .option('--profile <name>', 'a profile of the configuration')
    .option('--microphone <id>', 'what to listen to; see voiceinput microphones')
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
    .summary('show what the daemon does, as it happens')
    .description('Shows what the daemon does, as it happens; goes on when the daemon comes back.')
    .option('--text', 'show dictated words too')
    .option('--json', 'print JSON, one event a line')
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
    .summary('what was dictated: draft and refined')
    .description('Dictations of this machine, newest first, drafts beside refined texts.')
    .hook('preSubcommand', refuseUnknown)
    .addHelpText('after', examples('history', 'history list --query invoice', 'history retry 20261121'));
  const loadHistory = () => import('./commands/history.ts');
  history
    .command('list', { isDefault: true })
    .description('the last dictations')
    .option('--limit <count>', 'so many at most', count, 20)
    .option('--query <words>', 'only those that contain these words')
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
    .description('one dictation; waits until it is over')
    .argument('<id>', 'the dictation; the beginning of its id will do')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('history show 20261121-031502', 'history show 20261121-031502 --json'))
    .action((id: string, options: Shared) =>
      run(async (signal) => (await loadHistory()).showDictation(id, { json: options.json === true }, signal)),
    );
  history
    .command('retry')
    .description('read a kept recording once more')
    .argument('<id>', 'the dictation; the beginning of its id will do')
    .option('--profile <name>', 'with this profile')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('history retry 20261121-031502'))
    .action((id: string, options: Shared) =>
      run(async (signal) =>
        (await loadHistory()).retryDictation(id, { json: options.json === true, profile: options.profile }, signal),
      ),
    );
  history
    .command('copy')
    .description('put a text on the clipboard')
    .argument('<id>', 'the dictation; the beginning of its id will do')
    .option('--draft', 'the draft instead of the refined text')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('history copy 20261121-031502', 'history copy 20261121-031502 --draft'))
    .action((id: string, options: Shared & { draft?: boolean }) =>
      run(async (signal) =>
        (await loadHistory()).copyDictation(id, { json: options.json === true, draft: options.draft === true }, signal),
      ),
    );
  history
    .command('remove')
    .description('forget a dictation and its recording')
    .argument('<id>', 'the dictation; the beginning of its id will do')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('history remove 20261121-031502'))
    .action((id: string, options: Shared) =>
      run(async (signal) => (await loadHistory()).removeDictation(id, { json: options.json === true }, signal)),
    );
}

function count(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number from 1 to 999.');
}
