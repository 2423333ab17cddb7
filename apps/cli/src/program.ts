// What can be said on the command line.

import { Command, Option } from 'commander';
import { exitCodes } from '@voiceinput/plugin-api';
import type { Format } from './commands/transcribe.ts';
import { addDaemonCommands } from './daemon-program.ts';
import { addSystemCommands } from './system-program.ts';
import { examples, refuseUnknown, requestOf } from './show/commands.ts';
import type { Run, Shared } from './show/commands.ts';
import { addTextCommand } from './text-program.ts';

/** The command line; `run` gets each command's exit code. Throws `ERR_USAGE` for what it does not understand. */
export function createProgram(version: string, run: Run): Command {
  const program = new Command('voiceinput')
    .description(
      'Dictation that never makes you choose between fast and right: a draft at once, a better text soon after.',
    )
    .version(version, '-V, --version')
    .helpCommand(false)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .addHelpText(
      'after',
      `\nExit codes:\n${exitCodeLines()}\n${examples('transcribe note.m4a', 'transcribe talk.mp3 --format srt > talk.srt', 'transcribe - --raw --json < speech.s16le', 'models pull', 'doctor')}`,
    );

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
        const { transcribe } = await import('./commands/transcribe.ts');
        const format = options.json === true ? 'json' : options.format;
        const { realtime = false, raw = false } = options;
        return transcribe(files, { ...requestOf(options), format, realtime, raw, version }, signal);
      }),
    );

  program
    .command('demo', { hidden: true })
    .action(() => run(async (signal) => (await import('./commands/demo.ts')).demo(signal)));

  addTextCommand(program, run);

  const models = program
    .command('models')
    .summary('list and download models')
    .description('Lists the models and downloads them for offline use.')
    .hook('preSubcommand', refuseUnknown)
    .addHelpText('after', examples('models', 'models pull', 'models verify'));
  const loadModels = () => import('./commands/models.ts');
  models
    .command('list', { isDefault: true })
    .description('list all models with state, size and licence')
    .option('--config <file>', 'use this configuration file instead of your own')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('models list', 'models list --json'))
    .action((options: Shared) =>
      run(async (signal) =>
        (await loadModels()).listModels({ ...requestOf(options), json: options.json === true }, signal),
      ),
    );
  models
    .command('pull')
    .description('download models (those of your profile if no ID is given)')
    .argument('[id...]')
    .option('--force', 'download again even if present')
    .option('--profile <name>', 'use this profile from the configuration')
    .option('--config <file>', 'use this configuration file instead of your own')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('models pull', 'models pull moonshine-tiny-en --force'))
    .action((ids: string[], options: Shared & { force?: boolean }) =>
      run(async (signal) =>
        (await loadModels()).pullModels(
          ids,
          { ...requestOf(options), json: options.json === true, force: options.force === true },
          signal,
        ),
      ),
    );
  models
    .command('verify')
    .description('verify checksums (of all downloaded models if no ID is given)')
    .argument('[id...]')
    .option('--config <file>', 'use this configuration file instead of your own')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('models verify', 'models verify silero-vad-v6'))
    .action((ids: string[], options: Shared) =>
      run(async (signal) =>
        (await loadModels()).verifyModels(ids, { ...requestOf(options), json: options.json === true }, signal),
      ),
    );
  models
    .command('import')
    .description(
      'make a model of your own file or folder; with two arguments, take the files of a known model from a folder',
    )
    .argument('<path|id>', 'a file or folder with a model, such as a Whisper of your own; or the ID of a known model')
    .argument('[folder]', 'where the files of the known model are')
    .option('--name <name>', 'what the model will be called')
    .option('--config <file>', 'use this configuration file instead of your own')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples('models import ~/whisper-tuned --name my-whisper', 'models import silero-vad-v6 ~/Downloads'),
    )
    .action((pathOrId: string, folder: string | undefined, { name, ...options }: Shared & { name?: string }) =>
      run(async (signal) => {
        const shared = { ...requestOf(options), json: options.json === true };
        const { importFile, importModel } = await loadModels();
        if (folder !== undefined) return importModel(pathOrId, folder, shared, signal);
        return importFile(pathOrId, { ...shared, ...(name !== undefined && { name }) }, signal);
      }),
    );
  models
    .command('export')
    .description('write an imported model into a new folder, in a form that other programs read')
    .argument('<id>')
    .argument('<folder>')
    .option('--config <file>', 'use this configuration file instead of your own')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('models export my-whisper ~/whisper-for-training'))
    .action((id: string, folder: string, options: Shared) =>
      run(async (signal) =>
        (await loadModels()).exportModel(id, folder, { ...requestOf(options), json: options.json === true }, signal),
      ),
    );
  models
    .command('compare')
    .description('two models read the same audio: wrong words, times, and where they differ')
    .argument('<id>')
    .argument('<id2>')
    .argument(
      '[folder]',
      'audio files, perhaps with what was said in a.txt beside a.wav; your own recordings when it is left out',
    )
    .option('--recordings', 'your own recordings, as without a folder')
    .option('--profile <name>', 'use this profile of the configuration')
    .option('--config <file>', 'use this configuration file instead of your own')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples(
        'models compare moonshine-tiny-en whisper-base',
        'models compare whisper-base my-whisper ~/clips --json',
      ),
    )
    .action((one: string, other: string, folder: string | undefined, options: Shared & { recordings?: boolean }) =>
      run(async (signal) => {
        const { compareModels } = await import('./commands/compare-models.ts');
        const shared = { ...requestOf(options), json: options.json === true };
        return compareModels(
          [one, other],
          { ...shared, folder: options.recordings === true ? undefined : folder },
          signal,
        );
      }),
    );
  models
    .command('remove')
    .description('remove a model from this machine')
    .argument('<id>')
    .option('--config <file>', 'use this configuration file instead of your own')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('models remove silero-vad-v6'))
    .action((id: string, options: Shared) =>
      run(async (signal) =>
        (await loadModels()).removeModel(id, { ...requestOf(options), json: options.json === true }, signal),
      ),
    );

  program
    .command('languages')
    .summary('say which languages you speak')
    .description(
      'Sets the languages that you speak, in your configuration, and shows which models fit them; alone, only shows.',
    )
    .argument('[language...]', 'codes such as ru, en or pt-BR; any: the runner decides')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('languages', 'languages ru en', 'languages any'))
    .action((wanted: string[], options: Shared) =>
      run(async (signal) =>
        (await import('./commands/languages.ts')).setLanguages(wanted, { json: options.json === true }, signal),
      ),
    );

  const plugins = program
    .command('plugins')
    .summary('list plugins, their options and commands')
    .description('Lists the loaded plugins, or the options of one.')
    .addHelpText('after', examples('plugins', 'plugins list post-replacements', 'plugins run'));
  const loadPlugins = () => import('./commands/plugins.ts');
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
        (await import('./commands/plugin-commands.ts')).runPluginCommand(
          { plugin, command, set: options.set ?? [], json: options.json === true, ...requestOf(options) },
          signal,
        ),
      ),
    );

  const config = program
    .command('config')
    .summary('show or create the configuration')
    .description('Shows the effective configuration and its schema, or writes a first file.')
    .hook('preSubcommand', refuseUnknown)
    .addHelpText('after', examples('config', 'config init', 'config schema > voiceinput.schema.json'));
  const loadConfig = () => import('./commands/config.ts');
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
  config
    .command('init')
    .description('write a first configuration file')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('config init'))
    .action((options: Shared) =>
      run(async () => (await loadConfig()).initConfiguration({ json: options.json === true })),
    );

  program
    .command('doctor')
    .summary('check this machine')
    .description('Checks this machine and prints the fix for each problem.')
    .option('--config <file>', 'use this configuration file instead of your own')
    .option('--profile <name>', 'use this profile')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('doctor', 'doctor --json'))
    .action((options: Shared) =>
      run(async (signal) =>
        (await import('./commands/doctor.ts')).doctor({ ...requestOf(options), json: options.json === true }, signal),
      ),
    );

  addDaemonCommands(program, version, run);
  addSystemCommands(program, run);

  return program;
}

function exitCodeLines(): string {
  return Object.entries(exitCodes)
    .map(([code, meaning]) => `  ${code.padStart(3)}  ${meaning}`)
    .join('\n');
}
