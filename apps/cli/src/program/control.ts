// What can be said on the command line to a daemon that runs.

import type { Command } from 'commander';
import { Option } from 'commander';
import { examples } from '../show/commands.ts';
import type { Run, Shared } from '../show/commands.ts';
import { SINK } from './sink.ts';

interface SetOptions {
  readonly hybrid?: 'on' | 'off';
  readonly profile?: string;
  readonly microphone?: string;
  readonly json?: boolean;
}

/** Where a dictation goes, and with what it is read. */
interface Where {
  readonly sink?: string;
  readonly profile?: string;
}

const PROFILE = ['--profile <name>', 'a profile from the configuration, for this dictation'] as const;

type Show = (options: { readonly json: boolean }, signal: AbortSignal) => Promise<number>;

const loadControl = () => import('../commands/control.ts');

/** Adds `status`, `start`, `stop`, `paste`, `set-for-now`, `watch` and their like. */
export function addControlCommands(program: Command, run: Run): void {
  addRecording(program, run);
  program
    .command('paste')
    .summary('insert an earlier dictation, or refine it where it stands')
    .description(
      'Puts the refined text of a dictation in place of its draft. Where no draft stands, inserts the text at the cursor.\n' +
        'Takes the last dictation, or the given one.',
    )
    .argument('[id]', 'ID of the dictation, or the first characters of it')
    .option('--refined', 'insert the refined text (default)')
    .option('--copy', 'insert at the cursor even if the draft stands')
    .addOption(new Option('--draft', 'insert the draft').conflicts('refined'))
    .option('--json', 'print JSON')
    .addHelpText('after', examples('paste', 'paste --refined', 'paste 20261121-031502 --draft'))
    .action((id: string | undefined, options: Shared & { draft?: boolean; copy?: boolean }) =>
      run(async (signal) =>
        (await import('../commands/history.ts')).pasteDictation(
          id,
          { json: options.json === true, draft: options.draft === true, copy: options.copy === true },
          signal,
        ),
      ),
    );

  addSettingForNow(program, run);

  program
    .command('watch')
    .summary('show events as they happen')
    .description('Shows the events of the daemon as they happen; reconnects when the daemon restarts.')
    .option('--text', 'include dictated text')
    .option('--json', 'print JSON, one event per line')
    .addHelpText('after', examples('watch', 'watch --json --text'))
    .action((options: Shared & { text?: boolean }) =>
      run(async (signal) =>
        (await import('../commands/watch.ts')).watchDaemon(
          { json: options.json === true, text: options.text === true },
          signal,
        ),
      ),
    );
}

function addSettingForNow(program: Command, run: Run): void {
  const add = (command: Command, isOldName: boolean): void =>
    void command
      .description(
        'Changes settings for the next dictations until the daemon stops. The configuration file is not changed; for a\n' +
          'lasting change: voiceinput config set PATH VALUE',
      )
      .addOption(new Option('--hybrid <onoff>', 'refine the draft in the background').choices(['on', 'off']))
      .option('--profile <name>', 'a profile from the configuration')
      .option('--microphone <id>', 'ID of a microphone; see voiceinput microphones')
      .option('--json', 'print JSON')
      .addHelpText(
        'after',
        examples('set-for-now --hybrid off', 'set-for-now --profile quick --microphone alsa_input.usb'),
      )
      .action((options: SetOptions) =>
        run(async (signal) => {
          const { hybrid, profile, microphone, json = false } = options;
          const { changeSettings } = await loadControl();
          return changeSettings({ json, hybrid, profile, microphone, isOldName }, signal);
        }),
      );
  add(program.command('set-for-now').summary('change settings until the daemon stops'), false);
  add(program.command('set', { hidden: true }), true);
}

/** Each is one request about the recording or the daemon. */
function addRecording(program: Command, run: Run): void {
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
    .option(...PROFILE)
    .option('--json', 'print JSON')
    .addHelpText('after', examples('start', 'start --hands-free --sink clipboard', 'start --profile quick'))
    .action(({ json = false, handsFree = false, ...where }: Shared & Where & { handsFree?: boolean }) =>
      run(async (signal) => (await loadControl()).startRecording({ ...where, json, handsFree }, signal)),
    );
  simple('stop', 'stop recording and insert the text', async () => (await loadControl()).stopRecording);
  program
    .command('toggle')
    .description('stop recording if one is in progress, else start one')
    .option(...SINK)
    .option(...PROFILE)
    .option('--json', 'print JSON')
    .addHelpText('after', examples('toggle', 'toggle --sink clipboard'))
    .action(({ json = false, ...where }: Shared & Where) =>
      run(async (signal) => (await loadControl()).toggleRecording({ ...where, json }, signal)),
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
  simple('microphones', 'list microphones', async () => (await import('../commands/microphones.ts')).listMicrophones);
  simple('quit', 'stop the daemon', async () => (await loadControl()).endDaemon);
  simple(
    'restart',
    'restart the daemon, even if it hangs',
    async () => (await import('../commands/restart.ts')).restartDaemon,
  );
}
