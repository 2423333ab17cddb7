// What can be said on the command line.

import { Command, Option } from 'commander';
import { exitCodes } from '@voiceinput/plugin-api';
import type { Format } from '../commands/transcribe.ts';
import { helpInLocale } from '../messages/help-in-locale.ts';
import { inLocale, told } from '../messages/in-locale.ts';
import { knowCommands } from '../show/command-name.ts';
import { examples, requestOf } from '../show/commands.ts';
import type { Run, Shared } from '../show/commands.ts';
import { addConfigCommands, addSettingsCommand } from './config.ts';
import { addControlCommands } from './control.ts';
import { addDaemonCommands } from './daemon.ts';
import { addDatasetCommands } from './dataset.ts';
import { addHistoryCommands } from './history.ts';
import { addLanguagesCommand, addModelCommands } from './models.ts';
import { addPluginCommands } from './plugins.ts';
import { addSystemCommands } from './system.ts';
import { addTextCommand } from './text.ts';

/** The command line; `run` gets each command's exit code. Throws `ERR_USAGE` for what it does not understand. */
export function createProgram(version: string, run: Run): Command {
  const program = new Command('voiceinput')
    .description('Dictation: a draft appears in your text field at once, and a better text replaces it in place.')
    .version(version, '-V, --version')
    .helpCommand(false)
    .showSuggestionAfterError()
    .exitOverride()
    .configureHelp(helpInLocale)
    .configureOutput({ outputError: () => undefined })
    .addHelpText(
      'after',
      `\n${inLocale`Exit codes:`}\n${exitCodeLines()}\n${examples('transcribe note.m4a', 'transcribe talk.mp3 --format srt > talk.srt', 'transcribe - --raw --json < speech.s16le', 'models pull', 'doctor')}`,
    );

  program.commandsGroup('Dictate:');
  addDaemonCommands(program, version, run);
  addControlCommands(program, run);
  addHistoryCommands(program, run);
  program.commandsGroup('Files and scripts:');
  addTranscribe(program, version, run);
  addTextCommand(program, run);
  addDatasetCommands(program, version, run);
  program.commandsGroup('Set up:');
  addLanguagesCommand(program, run);
  addModelCommands(program, run);
  addSettingsCommand(program, run);
  addConfigCommands(program, run);
  addPluginCommands(program, run);
  addDoctor(program, run);
  addSystemCommands(program, version, run);
  program
    .command('welcome', { hidden: true })
    .action(() => run(async () => (await import('../commands/welcome.ts')).welcome(version)));
  program
    .command('demo', { hidden: true })
    .action(() => run(async (signal) => (await import('../commands/demo.ts')).demo(signal)));

  knowCommands(program.commands.map((command) => command.name()));
  return program;
}

function addTranscribe(program: Command, version: string, run: Run): void {
  program
    .command('transcribe')
    .summary('turn audio files into text')
    .description(
      'Turns audio files into text: WAV, FLAC, MP3, Ogg (Opus, Vorbis) and M4A of any rate; "-" reads standard input.',
    )
    .argument('<file...>', 'audio files, or - for standard input (WAV, or raw with --raw)')
    .addOption(
      new Option('-f, --format <format>', 'what to print')
        .choices(['text', 'json', 'srt', 'vtt'] satisfies Format[])
        .default('text'),
    )
    .option('--json', 'same as --format json: one object per line, as things happen')
    .option('--realtime', 'process at the speed of speech, as with a microphone')
    .option('--raw', 'headerless audio: 16 kHz, mono, signed 16-bit, little-endian')
    .option('--no-hybrid', 'draft only, skip the refine pass')
    .option('--profile <name>', 'use this profile from the configuration')
    .option('--config <file>', 'use this configuration file instead of your own')
    .addHelpText(
      'after',
      examples(
        'transcribe note.m4a',
        'transcribe a.wav b.flac --json',
        'transcribe talk.mp3 --format vtt > talk.vtt',
        'transcribe - --raw < speech.s16le',
      ),
    )
    .action((files: string[], options: Shared & { format: Format; realtime?: boolean; raw?: boolean }) =>
      run(async (signal) => {
        const { transcribe } = await import('../commands/transcribe.ts');
        const format = options.json === true ? 'json' : options.format;
        const { realtime = false, raw = false } = options;
        return transcribe(files, { ...requestOf(options), format, realtime, raw, version }, signal);
      }),
    );
}

function addDoctor(program: Command, run: Run): void {
  program
    .command('doctor')
    .summary('check this machine')
    .description('Checks this machine and prints the fix for each problem.')
    .option('--config <file>', 'use this configuration file instead of your own')
    .option('--profile <name>', 'use this profile')
    .option('--window', 'say how far texts are mended in the window that you go to within 3 seconds, and why')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('doctor', 'doctor --json', 'doctor --window'))
    .action(({ window = false, ...options }: Shared & { window?: boolean }) =>
      run(async (signal) => {
        const request = { ...requestOf(options), json: options.json === true };
        if (window) return (await import('../commands/window.ts')).lookAtWindow(request, signal);
        return (await import('../commands/doctor.ts')).doctor(request, signal);
      }),
    );
}

function exitCodeLines(): string {
  return Object.entries(exitCodes)
    .map(([code, meaning]) => `  ${code.padStart(3)}  ${told(meaning)}`)
    .join('\n');
}
