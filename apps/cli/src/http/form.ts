// How a multipart form is taken in as it comes: its audio into a file, its fields into memory, all within limits.

import type { FileHandle } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy } from '@fastify/busboy';
import type { BusboyHeaders, BusboyInstance } from '@fastify/busboy';
import { unlessAborted } from '@voiceinput/plugin-api';
import type { Limits } from './limits.ts';
import { Refusal } from './refusal.ts';
import { noRoom } from './uploads.ts';

const FILE = 'file';
/** Enough to tell sound from text. */
const START_BYTES = 512;

export interface Form {
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  /** What the client calls the audio. Absent when it has no name. */
  readonly fileName?: string;
  /** The first bytes of the audio. Absent when there was none. */
  readonly fileStart?: Buffer;
}

export interface FormTarget {
  /** Takes the content of the field `file`. */
  readonly file: FileHandle;
  readonly limits: Limits;
}

/** Rejects with a refusal for what is no such form or too large, with `ERR_STORAGE` where there is no room for it, and with the signal's reason on abort. */
export async function receiveForm(
  incoming: IncomingMessage,
  { file, limits }: FormTarget,
  signal: AbortSignal,
): Promise<Form> {
  refuseTooLong(incoming, limits);
  const parser = parserFor(incoming, limits);
  try {
    return await unlessAborted(parse(parser, { incoming, file, limits }), signal);
  } finally {
    // What is still on its way is read by nobody; the answer goes out all the same.
    incoming.unpipe(parser);
    incoming.resume();
  }
}

function refuseTooLong({ headers }: IncomingMessage, { fileBytes, formBytes }: Limits): void {
  const bytes = Number(headers['content-length'] ?? 0);
  if (bytes > fileBytes + formBytes) throw tooLarge(`The request has ${bytes} bytes`, fileBytes);
}

function parserFor({ headers }: IncomingMessage, limits: Limits): BusboyInstance {
  const type = headers['content-type'];
  if (type === undefined || !/^multipart\/form-data *;/i.test(type))
    throw new Refusal(
      'ERR_REQUEST_INVALID',
      `The content has the type "${type ?? ''}"; expected multipart/form-data with a boundary, as curl sends it with -F file=@note.wav`,
      { status: 415 },
    );
  try {
    return new Busboy({
      headers: headers as BusboyHeaders,
      // Some clients send it without a name.
      isPartAFile: (field, _type, fileName) => field === FILE || fileName !== undefined,
      limits: {
        fileSize: limits.fileBytes,
        files: 1,
        fields: limits.fields,
        fieldSize: limits.fieldBytes,
        headerPairs: 20,
        headerSize: 8_192,
      },
    });
  } catch (error) {
    throw malformed(error);
  }
}

function parse(
  parser: BusboyInstance,
  { incoming, file, limits }: FormTarget & { readonly incoming: IncomingMessage },
): Promise<Form> {
  const fields: { name: string; value: string }[] = [];
  let fileName: string | undefined;
  let fileStart: Buffer | undefined;
  let writing: Promise<void> = Promise.resolve();
  return new Promise((resolve, reject) => {
    parser.on('file', (name, content, givenName) => {
      // It is told once more by the parser itself.
      content.on('error', reject);
      content.on('limit', () => reject(tooLarge('The file is too large', limits.fileBytes, 'file')));
      if (name !== FILE) return reject(unknownFile(name));
      fileName = givenName;
      const stored = store(content, file);
      writing = stored.then((start) => void (fileStart = start));
      writing.catch(reject);
    });
    parser.on('field', (name, value, _nameIsCut, isCut) => {
      if (isCut) reject(tooLarge(`The field "${name}" is too long`, limits.fieldBytes, name));
      fields.push({ name, value });
    });
    parser.on('filesLimit', () => reject(invalid('The form contains more than one file; expected one.', 'file')));
    parser.on('fieldsLimit', () => reject(invalid(`The form contains more than ${limits.fields} fields.`)));
    parser.on('error', (error) => reject(malformed(error)));
    parser.on('finish', () => {
      const form = () => ({ fields, ...(fileName !== undefined && { fileName }), ...(fileStart && { fileStart }) });
      writing.then(() => resolve(form()), reject);
    });
    incoming.once('error', (error) => reject(malformed(error)));
    incoming.once('close', () => {
      if (!incoming.complete) reject(malformed('it ends too early'));
    });
    incoming.pipe(parser);
  });
}

/** Gives the first bytes. */
async function store(content: Readable, file: FileHandle): Promise<Buffer> {
  let start = Buffer.alloc(0);
  for await (const bytes of content as AsyncIterable<Buffer>) {
    if (start.length < START_BYTES) start = Buffer.concat([start, bytes.subarray(0, START_BYTES - start.length)]);
    await file.writeFile(bytes).catch(noRoom);
  }
  return start;
}

export function invalid(message: string, param?: string): Refusal {
  return new Refusal('ERR_REQUEST_INVALID', message, { status: 400, ...(param !== undefined && { param }) });
}

/** In the words of OpenAI, by which clients know it. */
function unknownFile(name: string): Refusal {
  return invalid(`Unrecognized file: '${name}'. The audio is expected in the field 'file'.`, name);
}

function tooLarge(what: string, mostBytes: number, param?: string): Refusal {
  return new Refusal('ERR_REQUEST_INVALID', `${what}; at most ${mostBytes} bytes are taken.`, {
    status: 413,
    ...(param !== undefined && { param }),
  });
}

function malformed(error: unknown): Refusal {
  const why = error instanceof Error ? error.message : String(error);
  return invalid(`The form cannot be read: ${why}.`);
}
