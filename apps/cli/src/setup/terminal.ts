// What is read from and drawn on the terminal besides questions.

import { fitting } from '../show/bar.ts';

export const ENTER = '\r';
export const ESCAPE = '\u001B';
export const CONTROL_C = '\u0003';
export const BACKSPACES: readonly string[] = ['\u007F', '\b'];

/** What the next key sends. Rejects with the signal's reason on abort; from then on the terminal reads lines again. */
export function nextKey(signal: AbortSignal): Promise<string> {
  const { stdin } = process;
  return new Promise((resolve, reject) => {
    // What was pressed while the terminal still read lines comes with their ends.
    const heard = (data: Buffer): void => end(() => resolve(data.toString('utf8').replace(/^\n+$/, ENTER)));
    const abort = (): void => end(() => reject(signal.reason as Error));
    const end = (act: () => void): void => {
      stdin.off('data', heard).pause();
      stdin.setRawMode(false);
      signal.removeEventListener('abort', abort);
      act();
    };
    if (signal.aborted) return reject(signal.reason as Error);
    stdin.setRawMode(true);
    stdin.on('data', heard).resume();
    signal.addEventListener('abort', abort, { once: true });
  });
}

/** Puts `text` in place of the line that the cursor is in. */
export function drawLine(text: string): void {
  const { stdout } = process;
  stdout.write(`\r\u001B[2K${fitting(text, (stdout.columns || 80) - 1)}`);
}

const WIDTH = 30;

/** `loudness`: 0…1. */
export function meter(loudness: number): string {
  const filled = Math.round(loudness * WIDTH);
  return `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`;
}
