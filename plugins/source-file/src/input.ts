// Where the bytes come from: a file, a pipe or standard input, and what is refused there.

import { closeSync, constants, fstatSync, open as openDescriptor, openSync } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { Socket } from 'node:net';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { isatty } from 'node:tty';
import { promisify } from 'node:util';
import { VoiceInputError, quoted, whenAborted } from '@voiceinput/plugin-api';

const CHUNK_BYTES = 256 * 1024;
const RETRY_MS = 10;
/** Whoever fills a pipe is there at once, as a rule. */
const WRITER_MS = 2_000;

export interface Input {
  /** How messages name it; carries no control characters. */
  readonly name: string;
  /** Absolute path. Absent for pipes: those cannot be read twice or out of order. */
  readonly path?: string;
  /** Opens it; a pipe can be opened once. Ends early on abort, throws `ERR_FILE_…`. The file is closed with the iterator. */
  bytes(signal: AbortSignal): AsyncIterable<Uint8Array>;
}

/**
 * Finds out what `path` is and reads nothing yet; `log` hears what is waited for later. Throws `ERR_FILE_NOT_FOUND`,
 * `_NOT_AUDIO`, `_UNREADABLE`.
 */
export async function findInput(path: string, log: (message: string) => void): Promise<Input> {
  if (path === '-') return standardInput();
  const name = quoted(path);
  if (path.includes('\0')) throw new VoiceInputError('ERR_FILE_NOT_FOUND', `File not found: ${name}`);
  const kind = await stat(path).catch((cause: unknown) => {
    throw asFileError(cause, name);
  });
  if (kind.isDirectory()) throw notAudio(name, 'is a directory');
  if (kind.isFIFO()) return { name, bytes: (signal) => bytesOfPipe({ path, name, log }, signal) };
  if (!kind.isFile()) throw notAudio(name, 'is a device or socket');
  return { name, path: resolve(path), bytes: (signal) => bytesOfFile(path, name, signal) };
}

function standardInput(): Input {
  const name = 'Standard input';
  if (isatty(0)) throw notAudio(name, 'is a terminal');
  if (fstatSync(0).isDirectory()) throw notAudio(name, 'is a directory');
  return { name, bytes: (signal) => bytesOfStream(() => process.stdin, name, signal) };
}

async function* bytesOfFile(path: string, name: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const handle = await openFile(path, name);
  try {
    while (!signal.aborted) {
      const { bytesRead, buffer } = await handle.read(new Uint8Array(CHUNK_BYTES)).catch((cause: unknown) => {
        throw asFileError(cause, name);
      });
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

interface Pipe {
  readonly path: string;
  readonly name: string;
  log(message: string): void;
}

async function* bytesOfPipe(pipe: Pipe, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const { name, log } = pipe;
  const wait = setTimeout(() => log(`Waits for a program that writes to ${name}.`), WRITER_MS);
  const descriptor = await openedPipe(pipe, signal).finally(() => clearTimeout(wait));
  if (descriptor === undefined) return;
  // A socket is used because a blocked read of a file descriptor could not be ended by abort.
  yield* bytesOfStream(() => new Socket({ fd: descriptor, readable: true, writable: false }), name, signal);
}

/** Opening a pipe waits for its writer, which may never come. `undefined` on abort. */
async function openedPipe({ path, name }: Pipe, signal: AbortSignal): Promise<number | undefined> {
  const opening = promisify(openDescriptor)(path, constants.O_RDONLY);
  const descriptor = await Promise.race([opening, whenAborted(signal)]).catch((cause: unknown) => {
    throw asFileError(cause, name);
  });
  if (typeof descriptor === 'number') return descriptor;
  await giveUp(opening, path);
  return undefined;
}

/** A process cannot end while one of its threads waits for a writer: it gets one. */
async function giveUp(opening: Promise<number>, path: string): Promise<void> {
  const over = opening.then(closeSync, () => undefined).then(() => true);
  for (let isOver = false; !isOver;) {
    try {
      closeSync(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK));
    } catch (error) {
      // Nobody waits yet. Where the pipe is gone or may not be written, there is nothing more to do.
      if ((error as NodeJS.ErrnoException).code !== 'ENXIO') return;
    }
    isOver = await Promise.race([over, sleep(RETRY_MS, false)]);
  }
}

async function* bytesOfStream(
  openStream: () => Readable,
  name: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  if (signal.aborted) return;
  let stream: Readable | undefined;
  const stop = (): void => void stream?.destroy();
  try {
    stream = openStream();
    signal.addEventListener('abort', stop, { once: true });
    for await (const chunk of stream as AsyncIterable<Uint8Array>) yield chunk;
  } catch (cause) {
    if (!signal.aborted) throw asFileError(cause, name);
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}

async function openFile(path: string, name: string): Promise<FileHandle> {
  return open(path, constants.O_RDONLY).catch((cause: unknown) => {
    throw asFileError(cause, name);
  });
}

function notAudio(name: string, what: string): VoiceInputError {
  return new VoiceInputError('ERR_FILE_NOT_AUDIO', `${name} ${what}; expected an audio file.`);
}

function asFileError(cause: unknown, name: string): VoiceInputError {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : 'unknown';
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new VoiceInputError('ERR_FILE_NOT_FOUND', `File not found: ${name}`, { cause, ...hintFor(name) });
  }
  // Of the process, or of the whole system.
  if (code === 'EMFILE' || code === 'ENFILE') {
    return new VoiceInputError('ERR_FILE_UNREADABLE', `${name} cannot be opened: too many files are open (${code}).`, {
      hint: 'Allow more with: ulimit -n 1024',
      cause,
    });
  }
  if (code === 'EISDIR') return notAudio(name, 'is a directory');
  return new VoiceInputError('ERR_FILE_UNREADABLE', `${name} cannot be read (${code}).`, { cause });
}

/** Names come as UTF-8; what is none of it arrives as this character. */
function hintFor(name: string): { hint?: string } {
  if (!name.includes('\ufffd')) return {};
  return { hint: 'Its name seems not to be UTF-8. Rename the file, or pass it on: voiceinput transcribe - < FILE' };
}
