// A question to whoever sits at the terminal.

import { createInterface } from 'node:readline/promises';

/** Anything but a yes is a no. Rejects on abort. */
export async function askYesOrNo(question: string, signal: AbortSignal): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${question} [y/N] `, { signal });
    return /^\s*y(es)?\s*$/i.test(answer);
  } finally {
    terminal.close();
  }
}
