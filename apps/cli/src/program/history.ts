// What can be said on the command line about earlier dictations.

import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import type { ExportKind } from '../commands/history-export.ts';
import { examples, refuseUnknown } from '../show/commands.ts';
import type { Run, Shared } from '../show/commands.ts';

/** Adds `voiceinput history` and what stands below it. */
export function addHistoryCommands(program: Command, run: Run): void {
  const history = program
    .command('history')
    .summary('list earlier dictations')
    .description('Earlier dictations on this machine, newest first, with draft and refined text.')
    .hook('preSubcommand', refuseUnknown)
    .addHelpText('after', examples('history', 'history list --query invoice', 'history retry 20261121'));
  const loadHistory = () => import('../commands/history.ts');
  withListOptions(history.command('list', { isDefault: true }).description('list the last dictations'))
    .option('--query <words>', 'only dictations that contain these words')
    .addHelpText('after', examples('history list --limit 5', 'history list --json'))
    .action((options: ListShared & { query?: string }) =>
      run(async (signal) => (await loadHistory()).listHistory({ ...listed(options), query: options.query }, signal)),
    );
  withListOptions(history.command('search').description('list dictations that contain words'))
    .argument('<words...>', 'words of draft, text or correction, in any order')
    .addHelpText('after', examples('history search invoice', 'history search meet wednesday --json'))
    .action((words: string[], options: ListShared) =>
      run(async (signal) => (await loadHistory()).listHistory({ ...listed(options), query: words.join(' ') }, signal)),
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
    .option('--model <id>', 'read it once with this model; see voiceinput models')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('history retry 20261121-031502', 'history retry 20261121 --model whisper-small'))
    .action((id: string, { json = false, profile, model }: Shared & { model?: string }) =>
      run(async (signal) => (await loadHistory()).retryDictation(id, { json, profile, model }, signal)),
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
  addKeeping(history, run);
}

const ID = ['<id>', 'ID of the dictation, or the first characters of it'] as const;

/** What is kept, changed, given away or deleted. */
function addKeeping(history: Command, run: Run): void {
  const load = () => import('../commands/history-keep.ts');
  history
    .command('correct')
    .description('keep what a dictation should have been')
    .argument(...ID)
    .argument('<text>', 'the right text; empty: no correction any more')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('history correct 20261121-031502 "Please close the gate."'))
    .action((id: string, text: string, { json = false }: Shared) =>
      run(async (signal) => (await load()).correctDictation(id, text, { json }, signal)),
    );
  history
    .command('play')
    .description('play the recording of a dictation')
    .argument(...ID)
    .option('--json', 'print JSON')
    .addHelpText('after', examples('history play 20261121-031502'))
    .action((id: string, { json = false }: Shared) =>
      run(async (signal) => (await load()).playDictation(id, { json }, signal)),
    );
  history
    .command('export')
    .description('write dictations into a folder: JSON, text and recordings')
    .argument('<folder>', 'a new folder')
    .addOption(new Option('--only <kind>', 'just one of them').choices(['json', 'text', 'audio']))
    .option('--query <words>', 'only dictations that contain these words')
    .option('--corrected', 'only dictations with a correction')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('history export ~/dictations', 'history export ~/notes --only text --query invoice'))
    .action((folder: string, options: Shared & { only?: ExportKind; query?: string; corrected?: boolean }) =>
      run(async (signal) => {
        const { json = false, only, query, corrected = false } = options;
        const { exportHistory } = await import('../commands/history-export.ts');
        return exportHistory(folder, { json, only, query, corrected }, signal);
      }),
    );
  history
    .command('remove')
    .description('delete a dictation and its recording, or all of them')
    .argument('[id]', 'ID of the dictation, or the first characters of it')
    .addOption(new Option('--all', 'delete all dictations and recordings').conflicts('corrected'))
    .option('--corrected', 'delete those with a correction')
    .option('--yes', 'do not ask')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('history remove 20261121-031502', 'history remove --all --yes'))
    .action((id: string | undefined, options: Shared & { all?: boolean; corrected?: boolean; yes?: boolean }) =>
      run(async (signal) => {
        const { json = false, all = false, corrected = false, yes: isSure = false } = options;
        const which = all ? 'all' : corrected ? 'corrected' : undefined;
        return (await load()).removeDictations({ json, id, which, isSure }, signal);
      }),
    );
}

type ListShared = Shared & { readonly limit: number; readonly corrected?: boolean };

const withListOptions = (command: Command): Command =>
  command
    .option('--limit <count>', 'how many at most', count, 20)
    .option('--corrected', 'only dictations with a correction')
    .option('--json', 'print JSON');

const listed = ({ json = false, limit, corrected = false }: ListShared) => ({ json, limit, corrected });

function count(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a whole number from 1 to 999.');
}
