// Reads numbers and texts of a file one after the other.

import type { BinaryFile } from './binary-file.ts';

/** So much is read ahead: headers of tensors are small and far apart. */
const CHUNK_BYTES = 64 * 1024;

/** Every reading rejects with `ERR_MODEL_FORMAT` when the file ends before, named by `what`. */
export class Cursor {
  offset = 0;
  readonly #file: BinaryFile;
  readonly #signal: AbortSignal;
  #chunk: Uint8Array = new Uint8Array(0);
  #chunkOffset = 0;

  constructor(file: BinaryFile, signal: AbortSignal) {
    this.#file = file;
    this.#signal = signal;
  }

  get atEnd(): boolean {
    return this.offset >= this.#file.sizeBytes;
  }

  /** The next bytes: a view that stays valid. */
  async bytes(length: number, what: string): Promise<Uint8Array> {
    const { offset } = this;
    if (offset < this.#chunkOffset || offset + length > this.#chunkOffset + this.#chunk.length) {
      const ahead = Math.min(CHUNK_BYTES, this.#file.sizeBytes - offset);
      this.#chunk = await this.#file.read({ offset, length: Math.max(length, ahead), what }, this.#signal);
      this.#chunkOffset = offset;
    }
    this.offset = offset + length;
    return this.#chunk.subarray(offset - this.#chunkOffset, offset - this.#chunkOffset + length);
  }

  async uint8(what: string): Promise<number> {
    return (await this.bytes(1, what))[0]!;
  }

  async uint16(what: string): Promise<number> {
    return viewOf(await this.bytes(2, what)).getUint16(0, true);
  }

  async uint32(what: string): Promise<number> {
    return viewOf(await this.bytes(4, what)).getUint32(0, true);
  }

  async text(length: number, what: string): Promise<string> {
    return new TextDecoder().decode(await this.bytes(length, what));
  }

  skip(length: number): void {
    this.offset += length;
  }
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
