// A question to whoever sits at the terminal.

import { createInterface } from 'node:readline/promises';
import { inLocale } from '../messages/in-locale.ts';

/** Anything but a yes is a no. Rejects on abort. */
export async function askYesOrNo(question: string, signal: AbortSignal): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${question} ${inLocale`[y/N]`} `, { signal });
    return /^\s*(y(es)?|да?)\s*$/i.test(answer);
  } finally {
    terminal.close();
  }
}
