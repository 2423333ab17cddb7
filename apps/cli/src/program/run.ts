// A command line from its arguments to its exit code.

import { chooseLanguage } from '../messages/choose-language.ts';
import { failure } from './failure.ts';
import { createProgram } from './program.ts';

/** Gives the exit code; whatever fails is told on standard error. */
export async function runCommandLine(args: readonly string[], version: string, signal: AbortSignal): Promise<number> {
  chooseLanguage();
  let exitCode = 0;
  const program = createProgram(version, async (work) => {
    exitCode = await work(signal);
  });
  try {
    await program.parseAsync(asCommands(args), { from: 'user' });
  } catch (error) {
    return failure(error, args);
  }
  return exitCode;
}

/** Who says nothing wants to know what to do next, and who says `help` what there is to say. */
function asCommands(given: readonly string[]): string[] {
  const [first, ...rest] = given;
  return first === undefined ? ['welcome'] : first === 'help' ? [...rest, '--help'] : [...given];
}
