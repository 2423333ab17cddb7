// Which bytes of an Ogg stream are whole pages, and whether the stream is whole: RFC 3533 §6.
// Only whole pages may reach a decoder: it makes noise out of the beginning of one.

import { startsWith } from '../magic.ts';

const HEADER_BYTES = 27;
const END_OF_STREAM = 4;

/** Passes on the whole pages of a stream of which it sees every byte once, and says what is missing. */
export class OggPages {
  #held: Uint8Array = new Uint8Array(0);
  #pages = 0;
  #ended = false;
  #damage: string | undefined;

  /** The pages that `bytes` completed. */
  push(bytes: Uint8Array): Uint8Array {
    const held = Buffer.concat([this.#held, bytes]);
    const whole: Uint8Array[] = [];
    let at = 0;
    for (;;) {
      const page = this.#nextPage(held, at);
      at = page.begin;
      if (page.end === undefined || page.end > held.length) break;
      this.#pages++;
      this.#ended = (held[at + 5]! & END_OF_STREAM) !== 0;
      whole.push(held.subarray(at, page.end));
      at = page.end;
    }
    this.#held = new Uint8Array(held.subarray(at));
    return Buffer.concat(whole);
  }

  /** What is wrong with the stream that was seen until now; absent when it is whole. */
  damage(): string | undefined {
    if (this.#damage) return this.#damage;
    if (this.#ended) return undefined;
    const place = `page ${this.#pages + 1}`;
    return this.#held.length > 0 ? `ends inside ${place}` : `ends before ${place} without the mark of its end`;
  }

  /** Where the next page begins, and its end if its header is there. What lies before it is no page. */
  #nextPage(held: Buffer, from: number): { begin: number; end?: number } {
    let begin = from;
    while (begin + 4 <= held.length && !startsWith(held, begin, 'OggS')) {
      // What follows the end, such as a tag, is not missed.
      if (!this.#ended) this.#damage ??= `is damaged after page ${this.#pages}`;
      const next = held.indexOf('OggS', begin + 1, 'latin1');
      begin = next >= 0 ? next : Math.max(begin + 1, held.length - 3);
    }
    const segments = held[begin + 26];
    if (segments === undefined || begin + HEADER_BYTES + segments > held.length) return { begin };
    let end = begin + HEADER_BYTES + segments;
    for (let index = begin + HEADER_BYTES; index < begin + HEADER_BYTES + segments; index++) end += held[index]!;
    return { begin, end };
  }
}
