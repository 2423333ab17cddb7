#!/usr/bin/env node
// How the program begins and ends: arguments in, Ctrl-C heeded, output flushed, an exit code that means something.

import { createRequire } from 'node:module';
import { CommanderError } from 'commander';
import type { ErrorReport } from '@voiceinput/plugin-api';
import { isVoiceInputError, openOutput, VoiceInputError } from '@voiceinput/plugin-api';
import { createProgram } from './program.ts';
import { createReporter } from './show/reporter.ts';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };
const interruption = new AbortController();
const args = asCommands(process.argv.slice(2));
let exitCode = 0;

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    // Whoever asks twice does not want to wait for a clean end.
    if (interruption.signal.aborted) process.exit(130);
    interruption.abort(new VoiceInputError('ERR_ABORTED', `Interrupted by ${name}.`));
  });
}
// A plugin may throw where nobody waits for it; its children end with this process.
process.on('uncaughtException', (error) => process.exit(tell(error)));
// Nobody can be told of it.
process.stderr.on('error', () => undefined);
const output = openOutput(process.stdout);

try {
  await createProgram(version, async (work) => {
    exitCode = await work(interruption.signal);
  }).parseAsync(args, { from: 'user' });
} catch (error) {
  exitCode = tell(error);
}
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
// Dictations hear of it where they write; whatever else was written is answered for here.
if (exitCode === 0) await output.write('').catch((error: unknown) => (exitCode = tell(error)));
await flushed(process.stderr);
// A plugin may have left something running that would keep the process alive.
process.exit(exitCode);

function tell(error: unknown): number {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  const known = asKnown(error);
  const { code, message, hint }: ErrorReport = known;
  if (code !== 'ERR_ABORTED' && code !== 'ERR_OUTPUT_CLOSED')
    createReporter({ json: wantsJson() }).error({ code, message, hint });
  return known.exitCode;
}

function asKnown(error: unknown): VoiceInputError {
  if (isVoiceInputError(error)) return error;
  if (error instanceof CommanderError) return new VoiceInputError('ERR_USAGE', inWords(error.message));
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

/** Who says nothing, or `help`, wants to know what there is to say. */
function asCommands(given: readonly string[]): string[] {
  const [first, ...rest] = given;
  return first === undefined ? ['--help'] : first === 'help' ? [...rest, '--help'] : [...given];
}

/** The command line may not be understood, and yet whoever wrote it should get its errors as they were asked for. */
function wantsJson(): boolean {
  return args.some(
    (arg, index) =>
      ['--json', '--format=json', '-fjson'].includes(arg) ||
      (arg === 'json' && ['--format', '-f'].includes(args[index - 1] ?? '')),
  );
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}
