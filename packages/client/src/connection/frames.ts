// What may pass of a connection's bytes: whole frames of the protocol, none of them larger than anybody needs.

import { Transform } from 'node:stream';
import type { TransformCallback } from 'node:stream';
import { VoiceInputError } from '@voiceinput/plugin-api';

export const MOST_FRAME_BYTES = 4_000_000;
const MOST_HEADER_BYTES = 1_000;
const END_OF_HEADER = '\r\n\r\n';

/**
 * Passes bytes on unchanged as long as they are frames of the base protocol
 * (https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#baseProtocol).
 * Fails with `ERR_REQUEST_INVALID` at the first that is not, or that announces more than `MOST_FRAME_BYTES`.
 */
export class FrameGuard extends Transform {
  #header = '';
  #bodyBytesLeft = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    try {
      this.#follow(chunk);
      done(null, chunk);
    } catch (error) {
      done(error as Error);
    }
  }

  #follow(chunk: Buffer): void {
    for (let position = 0; position < chunk.length;) {
      const inBody = Math.min(this.#bodyBytesLeft, chunk.length - position);
      this.#bodyBytesLeft -= inBody;
      position += inBody;
      if (position === chunk.length) return;
      const before = this.#header.length;
      this.#header += chunk.toString('latin1', position, position + MOST_HEADER_BYTES + 1);
      const end = this.#header.indexOf(END_OF_HEADER);
      if (end === -1 && this.#header.length > MOST_HEADER_BYTES) throw invalid('A frame header is too long.');
      if (end === -1) return;
      position += end + END_OF_HEADER.length - before;
      this.#bodyBytesLeft = lengthOf(this.#header.slice(0, end));
      this.#header = '';
    }
  }
}

function lengthOf(header: string): number {
  const lengths = header.split('\r\n').filter((line) => /^content-length\s*:/i.test(line));
  const digits = /^content-length: *(?<digits>\d{1,12})$/i.exec(lengths[0] ?? '')?.groups?.['digits'];
  if (digits === undefined) throw invalid('A frame has no Content-Length.');
  // Readers differ in which one they take.
  if (lengths.length > 1) throw invalid('A frame has more than one Content-Length.');
  const bytes = Number(digits);
  if (bytes > MOST_FRAME_BYTES)
    throw invalid(`A frame of ${bytes} bytes was announced; the limit is ${MOST_FRAME_BYTES}.`);
  return bytes;
}

function invalid(message: string): VoiceInputError {
  return new VoiceInputError('ERR_REQUEST_INVALID', message);
}
