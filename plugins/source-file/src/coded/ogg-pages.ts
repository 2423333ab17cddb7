// Decides whether an Ogg stream is whole: RFC 3533 §6, pages follow each other and the last one says so.

import { startsWith } from '../magic.ts';

const HEADER_BYTES = 27;
const END_OF_STREAM = 4;

/** Walks over the pages of a stream of which it sees every byte once, and says what is missing. */
export class OggPages {
  #toSkip = 0;
  #held = new Uint8Array(0);
  #pages = 0;
  #ended = false;
  #damage: string | undefined;

  push(chunk: Uint8Array): void {
    const from = Math.min(this.#toSkip, chunk.length);
    this.#toSkip -= from;
    const bytes = Buffer.concat([this.#held, chunk.subarray(from)]);
    let at = 0;
    while (at + HEADER_BYTES <= bytes.length) {
      const pageBytes = this.#pageBytes(bytes, at);
      if (pageBytes === undefined) break;
      at += pageBytes;
    }
    this.#toSkip += Math.max(0, at - bytes.length);
    this.#held = new Uint8Array(bytes.subarray(Math.min(at, bytes.length)));
  }

  /** What is wrong with the stream that was seen until now; absent when it is whole. */
  damage(): string | undefined {
    if (this.#damage) return this.#damage;
    if (this.#toSkip > 0 || (this.#held.length > 0 && !this.#ended)) return `ends inside page ${this.#pages}`;
    return this.#ended ? undefined : `ends after page ${this.#pages} without the mark of its end`;
  }

  /** `undefined` when the page's header is not yet there as a whole. */
  #pageBytes(bytes: Uint8Array, at: number): number | undefined {
    if (!startsWith(bytes, at, 'OggS')) {
      if (!this.#ended) this.#damage ??= `is damaged after page ${this.#pages}`;
      return 1;
    }
    const segments = bytes[at + 26]!;
    if (at + HEADER_BYTES + segments > bytes.length) return undefined;
    let bodyBytes = 0;
    for (let index = 0; index < segments; index++) bodyBytes += bytes[at + HEADER_BYTES + index]!;
    this.#pages++;
    this.#ended = (bytes[at + 5]! & END_OF_STREAM) !== 0;
    return HEADER_BYTES + segments + bodyBytes;
  }
}
