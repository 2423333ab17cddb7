// What is told of an error that nobody caught, and the exit code that goes with it.

import { CommanderError } from 'commander';
import type { ErrorReport } from '@voiceinput/plugin-api';
import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import { createReporter } from '../show/reporter.ts';

/** Tells of it on standard error, as the command line `args` wants it told. Gives the exit code. */
export function failure(error: unknown, args: readonly string[]): number {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  const known = asKnown(error);
  const { code, message, hint }: ErrorReport = known;
  if (code !== 'ERR_ABORTED' && code !== 'ERR_OUTPUT_CLOSED')
    createReporter({ json: wantsJson(args) }).error({ code, message, hint });
  return known.exitCode;
}

function asKnown(error: unknown): VoiceInputError {
  if (isVoiceInputError(error)) return error;
  // A group of commands without one of them: its help has been shown.
  if (error instanceof CommanderError && error.code === 'commander.help')
    return new VoiceInputError('ERR_USAGE', 'Name one of these commands.');
  if (error instanceof CommanderError) return new VoiceInputError('ERR_USAGE', inWords(error.message));
  if (error instanceof Error && ['EMFILE', 'ENFILE'].includes((error as NodeJS.ErrnoException).code ?? ''))
    return new VoiceInputError('ERR_DESCRIPTORS', `Too many files are open: ${error.message}`, { cause: error });
  return new VoiceInputError('ERR_INTERNAL', withPlace(error), { cause: error });
}

function inWords(message: string): string {
  return message
    .replace(/^error: /, '')
    .replace(/^command-argument value ('.*?') is invalid for argument '(.*?)'/, 'there is no $2 $1');
}

/** What was thrown, and the first place that a report should name. */
function withPlace(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const place = /^ +(?<place>at .*)$/m.exec(error.stack ?? '')?.groups?.['place'];
  return `${error.name}: ${error.message}${place === undefined ? '' : ` (${place})`}`;
}

/** The command line may not be understood, and yet whoever wrote it should get its errors as they were asked for. */
function wantsJson(args: readonly string[]): boolean {
  return args.some(
    (arg, index) =>
      ['--json', '--format=json', '-fjson'].includes(arg) ||
      (arg === 'json' && ['--format', '-f'].includes(args[index - 1] ?? '')),
  );
}
