// What `voiceinput completion` prints.

import type { Command } from 'commander';
import { bashScript } from '../completion/bash.ts';
import { fishScript } from '../completion/fish.ts';
import { placesOf } from '../completion/tree.ts';
import type { Subject } from '../completion/tree.ts';
import { valuesOf } from '../completion/values.ts';
import { zshScript } from '../completion/zsh.ts';
import { mainFile } from '../settings/main-file.ts';

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;
export type Shell = keyof typeof scripts;

/** The script that this shell reads. */
export async function printCompletion(shell: Shell, program: Command): Promise<number> {
  process.stdout.write(scripts[shell](placesOf(program), ASK));
  return 0;
}

/** One value a line. */
export async function printValues(subject: Subject, signal: AbortSignal): Promise<number> {
  // A line break would be two values, and a terminal acts on control characters.
  const values = (await valuesOf(subject, signal)).filter((value) => !/\p{Cc}/u.test(value));
  process.stdout.write(values.map((value) => `${value}\n`).join(''));
  return 0;
}

/** By its path: `voiceinput` may be an alias, which shells do not know inside of functions. */
const ASK = [process.execPath, mainFile, 'completion-values']
  .map((word) => `'${word.replaceAll("'", "'\\''")}'`)
  .join(' ');
