// How the program begins and ends: arguments in, Ctrl-C heeded, output flushed, an exit code that means something.

import { createRequire } from 'node:module';
import { openOutput, VoiceInputError } from '@voiceinput/plugin-api';
import { failure } from './failure.ts';
import { runCommandLine } from './run.ts';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };
const interruption = new AbortController();
const args = process.argv.slice(2);

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    // Whoever asks twice does not want to wait for a clean end.
    if (interruption.signal.aborted) process.exit(130);
    interruption.abort(new VoiceInputError('ERR_ABORTED', `Interrupted by ${name}.`));
  });
}
// A plugin may throw where nobody waits for it; its children end with this process.
process.on('uncaughtException', (error) => process.exit(failure(error, args)));
// Nobody can be told of it.
process.stderr.on('error', () => undefined);
const output = openOutput(process.stdout);

let exitCode = await runCommandLine(args, version, interruption.signal);
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
// Dictations hear of it where they write; whatever else was written is answered for here.
if (exitCode === 0) await output.write('').catch((error: unknown) => (exitCode = failure(error, args)));
await flushed(process.stderr);
// A plugin may have left something running that would keep the process alive.
process.exit(exitCode);

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}
