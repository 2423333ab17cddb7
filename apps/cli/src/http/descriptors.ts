// How many connections there may be, so that descriptors are left for dictation.

import { readFile } from 'node:fs/promises';

/** For sockets of clients, recordings, the history, lanes and plugins. */
const KEPT = 192;
const FEWEST = 16;
/** The usual limit of macOS; elsewhere it is larger. */
const USUAL = 256;

/** At most `wanted`, and what the process's limit of open files allows. */
export async function affordableConnections(wanted: number): Promise<number> {
  return connectionsWithin(await openFileLimit(), wanted);
}

/** `openFiles`: how many files, sockets among them, the process may have open. */
export function connectionsWithin(openFiles: number, wanted: number): number {
  return Math.min(wanted, Math.max(FEWEST, openFiles - KEPT));
}

async function openFileLimit(): Promise<number> {
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '');
  const soft = /^Max open files +(?<soft>\d+|unlimited)/m.exec(limits)?.groups?.['soft'] ?? String(USUAL);
  return soft === 'unlimited' ? Infinity : Number(soft);
}
