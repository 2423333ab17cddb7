// Where FLAC frames begin and end (RFC 9639 §9). A damaged frame costs itself only: the parser that comes with
// the decoder gives up half a megabyte, which is half a minute of speech.

const CRC_8 = crcTable(0x07, 8);
const CRC_16 = crcTable(0x8005, 16);
const LONGEST_HEADER_BYTES = 16;
const ID3V1_BYTES = 128;

/** Cuts the bytes after the metadata into whole frames with right checksums. */
export class FlacFrames {
  #held = new Uint8Array(0);
  /** Bytes of `#held` whose checksum is in `#crc`. */
  #checked = 0;
  #crc = 0;
  #damaged = false;

  /** Whether bytes had to be passed over that are no whole frame. */
  get damaged(): boolean {
    return this.#damaged;
  }

  /** The frames that `bytes` completed. */
  push(bytes: Uint8Array): Uint8Array[] {
    this.#held = Buffer.concat([this.#held, bytes]);
    const frames: Uint8Array[] = [];
    while (this.#held.length - this.#checked > LONGEST_HEADER_BYTES) {
      const frame = this.#search(this.#held.length - LONGEST_HEADER_BYTES);
      if (frame) frames.push(frame);
    }
    return frames;
  }

  /** The frames in what is left: the last one has no successor. */
  end(): Uint8Array[] {
    const frames: Uint8Array[] = [];
    while (this.#held.length > 0) {
      const frame = this.#search(this.#held.length);
      if (frame) frames.push(frame);
      if (this.#checked === 0) continue;
      const tail = [0, ID3V1_BYTES].find((bytes) => isFrame(this.#held.subarray(0, this.#held.length - bytes)));
      if (tail !== undefined) return [...frames, this.#held.slice(0, this.#held.length - tail)];
      this.#pass(nextSync(this.#held, 1));
    }
    return frames;
  }

  /** Looks for the end of the frame at the beginning of what is held, as far as `limit`. */
  #search(limit: number): Uint8Array | undefined {
    const held = this.#held;
    if (this.#checked === 0) {
      const begin = longestFrameBytes(held) > 0 ? 0 : nextSync(held, 1);
      if (begin > 0) {
        this.#pass(Math.min(begin, Math.max(1, limit)));
        return undefined;
      }
    }
    const longest = longestFrameBytes(held);
    let at = this.#checked;
    let crc = this.#crc;
    for (; at < limit; at++) {
      // The checksum over a frame and its own checksum is zero.
      if (crc === 0 && at > 0 && isSync(held, at) && longestFrameBytes(held.subarray(at)) > 0) {
        const frame = held.slice(0, at);
        this.#held = held.subarray(at);
        this.#checked = 0;
        this.#crc = 0;
        return frame;
      }
      crc = ((crc << 8) & 0xffff) ^ CRC_16[(crc >> 8) ^ held[at]!]!;
    }
    this.#checked = at;
    this.#crc = crc;
    if (at > longest) this.#pass(nextSync(held, 1));
    return undefined;
  }

  #pass(bytes: number): void {
    this.#damaged = true;
    this.#held = this.#held.subarray(bytes);
    this.#checked = 0;
    this.#crc = 0;
  }
}

function isSync(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0xff && (bytes[at + 1]! & 0xfe) === 0xf8;
}

/** The next place that looks like a frame; the length when there is none. */
function nextSync(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if (at + 1 === bytes.length || isSync(bytes, at)) return at;
  }
  return bytes.length;
}

/** How long a frame with the header at the beginning of `bytes` can be; 0 when there is no valid header. */
function longestFrameBytes(bytes: Uint8Array): number {
  const sizeCode = bytes[2]! >> 4;
  const rateCode = bytes[2]! & 15;
  const channelCode = bytes[3]! >> 4;
  const depthCode = (bytes[3]! >> 1) & 7;
  if (!isSync(bytes, 0) || sizeCode === 0 || rateCode === 15 || channelCode > 10 || depthCode === 3) return 0;
  const numberBytes = Math.max(1, Math.clz32(~(bytes[4]! << 24)));
  const sizeBytes = sizeCode === 6 ? 1 : sizeCode === 7 ? 2 : 0;
  const rateBytes = rateCode === 12 ? 1 : rateCode >= 13 ? 2 : 0;
  const checksumAt = 4 + numberBytes + sizeBytes + rateBytes;
  if (checksumAt >= bytes.length || bytes[checksumAt] !== crc8(bytes, checksumAt)) return 0;
  const channels = channelCode > 7 ? 2 : channelCode + 1;
  return blockSamples(sizeCode, bytes, 4 + numberBytes) * channels * 5 + 64;
}

function blockSamples(code: number, bytes: Uint8Array, at: number): number {
  if (code === 1) return 192;
  if (code <= 5) return 144 << code;
  if (code === 6) return bytes[at]! + 1;
  if (code === 7) return ((bytes[at]! << 8) | bytes[at + 1]!) + 1;
  return 1 << code;
}

function isFrame(bytes: Uint8Array): boolean {
  if (longestFrameBytes(bytes) === 0) return false;
  let crc = 0;
  for (const byte of bytes) crc = ((crc << 8) & 0xffff) ^ CRC_16[(crc >> 8) ^ byte]!;
  return crc === 0;
}

function crc8(bytes: Uint8Array, length: number): number {
  let crc = 0;
  for (let at = 0; at < length; at++) crc = CRC_8[crc ^ bytes[at]!]!;
  return crc;
}

function crcTable(polynomial: number, bits: number): Uint16Array {
  return Uint16Array.from({ length: 256 }, (_, byte) => {
    let crc = byte << (bits - 8);
    for (let bit = 0; bit < 8; bit++) crc = crc & (1 << (bits - 1)) ? (crc << 1) ^ polynomial : crc << 1;
    return crc & ((1 << bits) - 1);
  });
}
