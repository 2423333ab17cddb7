// How a multipart form is taken in as it comes: its audio into a file, its fields into memory, all within limits.

import type { FileHandle } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy } from '@fastify/busboy';
import type { BusboyHeaders, BusboyInstance } from '@fastify/busboy';
import { unlessAborted } from '@voiceinput/engine';
import type { Limits } from './limits.ts';
import { Refusal } from './refusal.ts';

export interface Form {
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  /** What the client calls the audio. Absent when there was none. */
  readonly fileName?: string;
}

export interface FormTarget {
  /** Takes the content of the field `file`. */
  readonly file: FileHandle;
  readonly limits: Limits;
}

/** Rejects with a refusal for what is no such form or too large, and with the signal's reason on abort. */
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
      `The content has the type "${type ?? ''}"; expected multipart/form-data with a boundary.`,
      { status: 415 },
    );
  try {
    return new Busboy({
      headers: headers as BusboyHeaders,
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
  let writing: Promise<void> = Promise.resolve();
  return new Promise((resolve, reject) => {
    parser.on('file', (name, content, givenName) => {
      // It is told once more by the parser itself.
      content.on('error', reject);
      content.on('limit', () => reject(tooLarge('The file is too large', limits.fileBytes, 'file')));
      if (name !== 'file') return reject(unknownField(name));
      fileName = givenName;
      writing = store(content, file);
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
      writing.then(() => resolve({ fields, ...(fileName !== undefined && { fileName }) }), reject);
    });
    incoming.once('error', (error) => reject(malformed(error)));
    incoming.once('close', () => {
      if (!incoming.complete) reject(malformed('it ends too early'));
    });
    incoming.pipe(parser);
  });
}

async function store(content: Readable, file: FileHandle): Promise<void> {
  for await (const bytes of content as AsyncIterable<Buffer>) await file.writeFile(bytes);
}

export function invalid(message: string, param?: string): Refusal {
  return new Refusal('ERR_REQUEST_INVALID', message, { status: 400, ...(param !== undefined && { param }) });
}

/** In the words of OpenAI, by which clients know it. */
export function unknownField(name: string): Refusal {
  return invalid(`Unrecognized request argument supplied: ${name}`, name);
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
