// How a stream of byte chunks is read: looked ahead, cut to size, skipped.

const NOTHING = new Uint8Array(0);

/** Reads an iterator of chunks in whatever sizes its caller wants. Holds at most what was peeked plus one chunk. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #held: Uint8Array = NOTHING;
  #ended = false;
  #position = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Bytes handed out or skipped so far. */
  get position(): number {
    return this.#position;
  }

  /** The next `size` bytes without consuming them; fewer only at the end. */
  async peek(size: number): Promise<Uint8Array> {
    const parts = [this.#held];
    let length = this.#held.length;
    while (length < size && !this.#ended) {
      const chunk = await this.#pull();
      parts.push(chunk);
      length += chunk.length;
    }
    if (parts.length > 1) this.#held = Buffer.concat(parts, length);
    return this.#held.subarray(0, size);
  }

  /** What is there of the next `most` bytes, at least `least`; fewer only at the end. Of a live pipe it waits for no more. */
  async peekSome(least: number, most: number): Promise<Uint8Array> {
    const there = await this.peek(least);
    return there.length < least ? there : this.#held.subarray(0, most);
  }

  /** The next `size` bytes; fewer only at the end. */
  async take(size: number): Promise<Uint8Array> {
    const taken = await this.peek(size);
    this.#drop(taken.length);
    return taken;
  }

  /** Passes over `size` bytes; gives how many there were. */
  async skip(size: number): Promise<number> {
    let left = size;
    while (left > 0) {
      const chunk = await this.next(left);
      if (!chunk) break;
      left -= chunk.length;
    }
    return size - left;
  }

  /** What comes next, at most `size` bytes, as it comes. `undefined` at the end. */
  async next(size = Infinity): Promise<Uint8Array | undefined> {
    while (this.#held.length === 0) {
      if (this.#ended) return undefined;
      this.#held = await this.#pull();
    }
    const chunk = this.#held.subarray(0, Math.min(size, this.#held.length));
    this.#drop(chunk.length);
    return chunk;
  }

  /** Everything that is left, chunk by chunk. */
  async *rest(): AsyncGenerator<Uint8Array> {
    for (let chunk = await this.next(); chunk; chunk = await this.next()) yield chunk;
  }

  async close(): Promise<void> {
    this.#ended = true;
    this.#held = NOTHING;
    await this.#chunks.return?.();
  }

  async #pull(): Promise<Uint8Array> {
    const { done, value } = await this.#chunks.next();
    if (!done) return value;
    this.#ended = true;
    return NOTHING;
  }

  #drop(size: number): void {
    this.#held = this.#held.subarray(size);
    this.#position += size;
  }
}
