// What can be said on the command line about models and the languages that they know.

import type { Command } from 'commander';
import { examples, refuseUnknown, requestOf } from '../show/commands.ts';
import type { Run, Shared } from '../show/commands.ts';

const loadModels = () => import('../commands/models.ts');

/** Adds `voiceinput models` and what stands below it. */
export function addModelCommands(program: Command, run: Run): void {
  const models = program
    .command('models')
    .summary('list and download models')
    .description('Lists the models and downloads them for offline use.')
    .hook('preSubcommand', refuseUnknown)
    .addHelpText('after', examples('models', 'models pull', 'models verify'));
  addStored(models, run);
  addOwn(models, run);
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
}

/** Of models that plugins bring. */
function addStored(models: Command, run: Run): void {
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
}

/** Of models that users bring, and which of two is better. */
function addOwn(models: Command, run: Run): void {
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
      'audio files, perhaps with what was said in a.txt beside a.wav, or a part of a data set; your own recordings when it is left out',
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
        const { compareModels } = await import('../commands/compare-models.ts');
        const shared = { ...requestOf(options), json: options.json === true };
        return compareModels(
          [one, other],
          { ...shared, folder: options.recordings === true ? undefined : folder },
          signal,
        );
      }),
    );
}

/** Adds `voiceinput languages`. */
export function addLanguagesCommand(program: Command, run: Run): void {
  program
    .command('languages')
    .summary('say which languages you speak')
    .description(
      'Sets the languages that you speak, in your configuration, and shows which models fit them; alone, only shows.',
    )
    .argument('[language...]', 'codes or names, such as ru, pt-BR or English; any: the runner decides')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('languages', 'languages ru en', 'languages any'))
    .action((wanted: string[], options: Shared) =>
      run(async (signal) =>
        (await import('../commands/languages.ts')).setLanguages(wanted, { json: options.json === true }, signal),
      ),
    );
}
