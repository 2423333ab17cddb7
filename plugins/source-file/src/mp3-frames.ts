// Where MP3 frames begin and end, so that a missing end or a hole is noticed.

import { startsWith } from './magic.ts';

/** ISO/IEC 11172-3 §2.4.2.3 and 13818-3: kbit/s by index, for MPEG 1 layers I–III and MPEG 2 layers I, II+III. */
const KBPS = {
  v1: [
    [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
    [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
    [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  ],
  v2: [
    [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
    [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  ],
} as const;
const RATES_HZ = [44_100, 48_000, 32_000];
const HEADER_BYTES = 4;
const MPEG_1 = 3;
const MPEG_2_5 = 0;

interface Mp3Header {
  readonly frameBytes: number;
  readonly frameSamples: number;
  readonly rateHz: number;
  readonly mono: boolean;
  readonly mpeg1: boolean;
}

/** Zeros that some encoders put before the first frame. */
const PADDING_BYTES = 8 * 1024;
/** What a cut has left of the frame before the first. */
const STUMP_BYTES = 8 * 1024;
const FRAMES_IN_A_ROW = 4;

/**
 * Whether `head` begins as an MP3 stream: a frame and another of its kind behind it, or one that is all there is. After
 * anything but zeros so many of a kind have to follow each other that it is no other format which happens to hold some.
 */
export function holdsMp3(head: Uint8Array): boolean {
  const first = head.findIndex((byte) => byte !== 0);
  if (first < 0) return false;
  if (first <= PADDING_BYTES && framesFrom(head, first, 2)) return true;
  for (let at = first; at < Math.min(first + STUMP_BYTES, head.length); at++) {
    if (framesFrom(head, at, FRAMES_IN_A_ROW)) return true;
  }
  return false;
}

/** Whether `count` frames of a kind follow each other from `at` on; fewer only where `head` ends with or inside one. */
function framesFrom(head: Uint8Array, at: number, count: number): boolean {
  const first = headerAt(head, at);
  let next = at;
  for (let frame = 0; frame < count; frame++) {
    const header = headerAt(head, next);
    if (!first || header?.rateHz !== first.rateHz || header.frameSamples !== first.frameSamples) return false;
    next += header.frameBytes;
    if (next >= head.length) return frame > 0 || count === 2;
  }
  return true;
}

function headerAt(bytes: Uint8Array, at: number): Mp3Header | undefined {
  if (at + HEADER_BYTES > bytes.length || bytes[at] !== 0xff || (bytes[at + 1]! & 0xe0) !== 0xe0) return undefined;
  const version = (bytes[at + 1]! >> 3) & 3;
  const layer = 4 - ((bytes[at + 1]! >> 1) & 3);
  const rateHz = RATES_HZ[(bytes[at + 2]! >> 2) & 3];
  const mpeg1 = version === MPEG_1;
  const kbps = KBPS[mpeg1 ? 'v1' : 'v2'][layer - 1]?.[bytes[at + 2]! >> 4];
  if (version === 1 || !kbps || !rateHz) return undefined;
  const trueRateHz = rateHz / (mpeg1 ? 1 : version === MPEG_2_5 ? 4 : 2);
  const padding = (bytes[at + 2]! >> 1) & 1;
  const frameSamples = layer === 1 ? 384 : layer === 3 && !mpeg1 ? 576 : 1152;
  const slotBytes = layer === 1 ? 4 : 1;
  const slots = Math.floor((frameSamples * kbps * 125) / (trueRateHz * slotBytes)) + padding;
  return { frameBytes: slots * slotBytes, frameSamples, rateHz: trueRateHz, mono: bytes[at + 3]! >> 6 === 3, mpeg1 };
}

/** Frames that the encoder's Xing or Info tag promises after the tag's own; 0 when there is no tag. */
function promisedFrames(head: Uint8Array): number {
  for (let at = 0; at < head.length; at++) {
    const header = headerAt(head, at);
    if (!header) continue;
    const sideBytes = header.mpeg1 ? (header.mono ? 17 : 32) : header.mono ? 9 : 17;
    const tag = at + HEADER_BYTES + sideBytes;
    if (!startsWith(head, tag, 'Xing') && !startsWith(head, tag, 'Info')) return 0;
    const hasCount = tag + 12 <= head.length && (head[tag + 7]! & 1) === 1;
    return hasCount ? new DataView(head.buffer, head.byteOffset + tag + 8, 4).getUint32(0) : 0;
  }
  return 0;
}

/** Walks over the frames of a stream of which it sees every byte once, and says what is missing. */
export class Mp3Frames {
  readonly #promised: number;
  #frames = 0;
  #seconds = 0;
  #toSkip = 0;
  #held = new Uint8Array(0);
  #lost = false;
  #inTail = false;
  #damage: string | undefined;

  constructor(head: Uint8Array) {
    this.#promised = promisedFrames(head);
  }

  /** Gives back what it got: the decoder finds its frames itself. */
  push(chunk: Uint8Array): Uint8Array {
    this.#walk(chunk);
    return chunk;
  }

  #walk(chunk: Uint8Array): void {
    let at = Math.min(this.#toSkip, chunk.length);
    this.#toSkip -= at;
    if (this.#inTail || this.#toSkip > 0) return;
    let bytes = chunk.subarray(at);
    if (this.#held.length > 0) bytes = Buffer.concat([this.#held, bytes]);
    at = 0;
    while (at + 10 <= bytes.length) at += this.#step(bytes, at);
    this.#toSkip = Math.max(0, at - bytes.length);
    this.#held = new Uint8Array(bytes.subarray(Math.min(at, bytes.length)));
  }

  /** What is wrong with the stream that was seen until now; absent when it is whole. */
  damage(): string | undefined {
    if (this.#damage) return this.#damage;
    if (this.#toSkip > 0 && !this.#inTail) return `ends inside the frame at ${this.#clock()}`;
    // One frame of grace: some encoders count the tag's own frame.
    if (this.#promised > this.#frames) {
      return `ends after ${this.#frames} of ${this.#promised} frames, at ${this.#clock()}`;
    }
    return undefined;
  }

  #step(bytes: Uint8Array, at: number): number {
    const header = headerAt(bytes, at);
    if (header) {
      if (this.#lost && this.#frames > 0) this.#damage ??= `has a hole at ${this.#clock()}`;
      this.#lost = false;
      this.#frames++;
      this.#seconds += header.frameSamples / header.rateHz;
      return header.frameBytes;
    }
    if (this.#lost) return 1;
    if (['TAG', 'APETAGEX', 'LYRICS'].some((magic) => startsWith(bytes, at, magic))) {
      this.#inTail = true;
      return bytes.length - at;
    }
    if (startsWith(bytes, at, 'ID3')) {
      const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(at + 6, at + 10);
      return 10 + ((a & 0x7f) << 21) + ((b & 0x7f) << 14) + ((c & 0x7f) << 7) + (d & 0x7f);
    }
    this.#lost = true;
    return 1;
  }

  #clock(): string {
    return `${this.#seconds.toFixed(2)} s`;
  }
}
