// What can be said on the command line about the rules for texts.

import type { Command } from 'commander';
import { inLocale } from '../messages/in-locale.ts';
import { requestOf } from '../show/commands.ts';
import type { Run, Shared } from '../show/commands.ts';

/** Adds `voiceinput text`. */
export function addTextCommand(program: Command, run: Run): void {
  program
    .command('text')
    .summary('apply the text rules to lines of standard input')
    .description(
      'Shows what dictated text becomes at a place: your post-processors, then spaces, capitals and punctuation that fit it. ' +
        'Reads plain lines or JSON lines {text, language?, before?, after?, field?}; prints {text, steps} for each. ' +
        '"before" and "after" are the text around the cursor; "text" in the answer is what would be inserted between them.',
    )
    .option('--profile <name>', 'use this profile of the configuration')
    .option('--config <file>', 'use this configuration file instead of your own')
    .addHelpText(
      'after',
      `\n${inLocale`Examples:`}\n  echo 'We must go.' | voiceinput text\n  echo '{"text": "We must go.", "before": "I told him that", "after": ""}' | voiceinput text\n`,
    )
    .action((options: Shared) =>
      run(async (signal) => (await import('../commands/text.ts')).ruleText(requestOf(options), signal)),
    );
}
