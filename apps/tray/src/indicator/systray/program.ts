// How the program that shows the icon is started, spoken with in lines of JSON, and ended.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type { Place } from './place.ts';
import type { Slot } from './slots.ts';

/** What the icon is told, beside what is in its menu. */
interface Face {
  /** A picture in base64. */
  readonly icon: string;
  /** Beside the icon in the menu bar of macOS. */
  readonly title: string;
  readonly tooltip: string;
}

/** https://github.com/felixhao28/node-systray/blob/master/index.ts */
export type Order =
  | (Face & { readonly items: readonly Slot[] })
  | { readonly type: 'update-menu'; readonly menu: Face & { readonly items: readonly [] } }
  | { readonly type: 'update-item'; readonly item: Slot; readonly seq_id: -1 }
  | { readonly type: 'exit' };

/** A slot was clicked while it had this title. */
export interface Click {
  readonly id: number;
  readonly title: string;
}

export interface Program {
  send(order: Order): void;
  /** Why it ended by itself; never settles after `end`. */
  readonly lost: Promise<VoiceInputError>;
  /** Settles when it is gone. */
  end(): Promise<void>;
}

const READY_WITHIN_MS = 20_000;
const END_WITHIN_MS = 2_000;
const MOST_COMPLAINT = 500;
const HINT =
  process.platform === 'darwin' && process.arch === 'arm64'
    ? 'It needs Rosetta 2: softwareupdate --install-rosetta'
    : 'Start the tray again; voiceinput works without it.';

/** A program that waits for its menu. Rejects with `ERR_DESKTOP`. */
export async function startProgram({ command, folder }: Place, clicked: (click: Click) => void): Promise<Program> {
  const [path, ...parameters] = command;
  // It keeps each picture in a file of the system's temporary folder.
  const env = { ...process.env, TMPDIR: folder, TMP: folder, TEMP: folder };
  const child = spawn(path, parameters, { env, windowsHide: true, stdio: ['pipe', 'pipe', 'pipe'] });
  let isAskedToEnd = false;
  let complaint = '';
  let isReady = (): void => undefined;
  const ready = new Promise<void>((resolve) => (isReady = resolve));

  child.stderr.setEncoding('utf8').on('data', (words: string) => {
    complaint = (complaint + words).slice(-MOST_COMPLAINT);
  });
  // That it does not read any more is told by its end.
  child.stdin.on('error', () => undefined);
  createInterface({ input: child.stdout }).on('line', (line) => {
    const said = understood(line);
    if (said === 'ready') isReady();
    else if (said !== undefined && !isAskedToEnd) clicked(said);
  });
  const gone = goneOf(child);
  const lost = new Promise<VoiceInputError>((resolve) => {
    void gone.then((why) => {
      if (!isAskedToEnd) resolve(failure(`${why}${complaint === '' ? '' : `: ${complaint.trim()}`}`));
    });
  });
  const send = (order: Order): void => void child.stdin.write(`${JSON.stringify(order)}\n`);

  async function end(): Promise<void> {
    isAskedToEnd = true;
    send({ type: 'exit' });
    child.stdin.end();
    const killing = setTimeout(() => child.kill('SIGKILL'), END_WITHIN_MS);
    await gone;
    clearTimeout(killing);
  }

  const waiting = setTimeout(() => {
    complaint = `it was not ready within ${READY_WITHIN_MS} ms`;
    child.kill('SIGKILL');
  }, READY_WITHIN_MS);
  const early = await Promise.race([ready, lost]);
  clearTimeout(waiting);
  if (early !== undefined) throw early;
  return { send, lost, end };
}

/** Why it is gone, in words. */
async function goneOf(child: ChildProcess): Promise<string> {
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
    return signal === null ? `it ended with ${code}` : `it was ended by ${signal}`;
  } catch (error) {
    return (error as Error).message;
  }
}

function failure(why: string): VoiceInputError {
  return new VoiceInputError('ERR_DESKTOP', `The program that shows the icon is gone: ${why}.`, { hint: HINT });
}

/** Absent: nothing that concerns us. */
function understood(line: string): Click | 'ready' | undefined {
  const said = asObject(line);
  if (said['type'] === 'ready') return 'ready';
  const { __id: id, item } = said;
  const title = typeof item === 'object' && item !== null && 'title' in item ? item.title : undefined;
  const isClick = said['type'] === 'clicked' && typeof id === 'number' && typeof title === 'string';
  return isClick ? { id, title } : undefined;
}

/** Nothing for a line that is none: what the program's libraries log stands between the others. */
function asObject(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
