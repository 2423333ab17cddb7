// How long a Matroska or WebM file says it is: RFC 8794 §4 and §6.

import { fstat, read } from 'node:fs';
import { promisify } from 'node:util';

const HEAD_BYTES = 4096;
const SEGMENT = [0x18, 0x53, 0x80, 0x67];

/** How many bytes are missing at the end of the file; 0 when none are, or when its writer did not know. */
export async function missingOfMatroska(descriptor: number): Promise<number> {
  const { size } = await promisify(fstat)(descriptor);
  const { buffer, bytesRead } = await promisify(read)(descriptor, new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
  const head = buffer.subarray(0, bytesRead);
  const first = sizeAt(head, 4);
  const segment = first && first.end + first.bytes;
  if (segment === undefined || SEGMENT.some((byte, index) => head[segment + index] !== byte)) return 0;
  const all = sizeAt(head, segment + SEGMENT.length);
  return all && all.bytes !== Infinity ? Math.max(0, all.end + all.bytes - size) : 0;
}

/** The number of leading zeros says how many bytes a size has; all ones is a size that was not known. */
function sizeAt(head: Uint8Array, at: number): { readonly bytes: number; readonly end: number } | undefined {
  const first = head[at];
  if (first === undefined || first === 0) return undefined;
  const length = Math.clz32(first) - 23;
  let bytes = first & (0xff >> length);
  let isUnknown = bytes === 0xff >> length;
  for (const byte of head.subarray(at + 1, at + length)) {
    bytes = bytes * 256 + byte;
    isUnknown &&= byte === 0xff;
  }
  return { bytes: isUnknown ? Infinity : bytes, end: at + length };
}
