// How long a FLAC file says it is: RFC 9639 §8.2, STREAMINFO.

import { startsWith } from '../magic.ts';

const STREAMINFO_BYTES = 34;
const BLOCK_HEADER_BYTES = 4;

/** Samples of each channel that `head` promises; 0 when it does not say. */
export function promisedSamples(head: Uint8Array): number {
  const body = startsWith(head, 0, 'fLaC') ? 4 + BLOCK_HEADER_BYTES : oggBody(head);
  if (body === undefined || body + STREAMINFO_BYTES > head.length) return 0;
  const low = new DataView(head.buffer, head.byteOffset + body + 14, 4).getUint32(0);
  return (head[body + 13]! & 0x0f) * 2 ** 32 + low;
}

/** RFC 9639 §10.1: after the page header come 0x7F "FLAC", two version and two count bytes, then "fLaC". */
function oggBody(head: Uint8Array): number | undefined {
  const packet = 27 + (head[26] ?? 0);
  return startsWith(head, packet + 9, 'fLaC') ? packet + 13 + BLOCK_HEADER_BYTES : undefined;
}
