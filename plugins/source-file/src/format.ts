// By its first bytes, never by its name, which format a stream has.

import type { ByteReader } from './byte-reader.ts';
import { startsWith } from './magic.ts';
import { mp3FrameBytes } from './mp3-frames.ts';

/** Formats decoded here. */
export type CodedFormat = 'flac' | 'mp3' | 'opus' | 'vorbis' | 'mp4' | 'aac';
export type Format =
  | { readonly kind: 'wav' }
  | { readonly kind: 'coded'; readonly format: CodedFormat }
  | { readonly kind: 'foreign'; readonly title: string }
  | { readonly kind: 'unknown' };

/** Enough for two MP3 frames after some padding. */
export const HEAD_BYTES = 16 * 1024;
const PADDING_BYTES = 8 * 1024;

/** Known by their first bytes, decoded only with the help of ffmpeg. */
const FOREIGN: readonly (readonly [offset: number, magic: string, title: string])[] = [
  [0, '\x1a\x45\xdf\xa3', 'Matroska or WebM'],
  [0, 'FORM', 'AIFF'],
  [0, 'caff', 'Core Audio (CAF)'],
  [0, '#!AMR', 'AMR'],
  [0, '\x30\x26\xb2\x75', 'Windows Media'],
  [0, '.snd', 'Sun audio'],
  [0, 'wvpk', 'WavPack'],
  [0, 'MAC ', "Monkey's Audio"],
  [0, 'TTA1', 'True Audio'],
  [0, 'RIFX', 'big-endian WAV'],
  [8, 'AVI ', 'AVI'],
];
const MP4_FIRST_BOXES = ['ftyp', 'moov', 'mdat', 'wide', 'skip', 'pnot'];

/** Passes over ID3v2 tags (https://id3.org/id3v2.4.0-structure §3.1), which may stand before any of the formats. */
export async function skipTags(reader: ByteReader): Promise<void> {
  for (;;) {
    const head = await reader.peek(10);
    if (head.length < 10 || !startsWith(head, 0, 'ID3')) return;
    const [major = 0, , flags = 0, a = 0, b = 0, c = 0, d = 0] = head.subarray(3);
    if (major === 0xff || (a | b | c | d) & 0x80) return;
    const footerBytes = flags & 0x10 ? 10 : 0;
    await reader.skip(10 + (a << 21) + (b << 14) + (c << 7) + d + footerBytes);
  }
}

/** The format that begins with `head` (`HEAD_BYTES` of it, or all there is). */
export function formatOf(head: Uint8Array): Format {
  if (['RIFF', 'RF64', 'BW64'].some((magic) => startsWith(head, 0, magic)) && startsWith(head, 8, 'WAVE')) {
    return { kind: 'wav' };
  }
  if (startsWith(head, 0, 'fLaC')) return { kind: 'coded', format: 'flac' };
  if (startsWith(head, 0, 'OggS')) return formatInOgg(head);
  if (MP4_FIRST_BOXES.some((box) => startsWith(head, 4, box))) return { kind: 'coded', format: 'mp4' };
  const foreign = FOREIGN.find(([offset, magic]) => startsWith(head, offset, magic));
  if (foreign) return { kind: 'foreign', title: foreign[2] };
  if (startsWithAdts(head)) return { kind: 'coded', format: 'aac' };
  if (holdsMp3(head)) return { kind: 'coded', format: 'mp3' };
  return { kind: 'unknown' };
}

/** RFC 3533 §6: the first packet begins after the 27 bytes of the page header and its segment table. */
function formatInOgg(head: Uint8Array): Format {
  const packet = 27 + (head[26] ?? 0);
  if (startsWith(head, packet, 'OpusHead')) return { kind: 'coded', format: 'opus' };
  if (startsWith(head, packet, '\x01vorbis')) return { kind: 'coded', format: 'vorbis' };
  if (startsWith(head, packet, '\x7fFLAC')) return { kind: 'coded', format: 'flac' };
  return { kind: 'foreign', title: 'Ogg with neither Opus, Vorbis nor FLAC' };
}

/** ISO/IEC 14496-3 Annex 1.A: a header of twelve set bits with layer 0, and another where its length points to. */
function startsWithAdts(head: Uint8Array): boolean {
  const isHeader = (at: number): boolean => head[at] === 0xff && ((head[at + 1] ?? 0) & 0xf6) === 0xf0;
  if (head.length < 7 || !isHeader(0)) return false;
  const frameBytes = ((head[3]! & 3) << 11) | (head[4]! << 3) | (head[5]! >> 5);
  return frameBytes >= 7 && (frameBytes >= head.length || isHeader(frameBytes));
}

/** Two frames in a row, or one that ends where the file does; padding before them is tolerated. */
function holdsMp3(head: Uint8Array): boolean {
  for (let at = 0; at < Math.min(head.length - 3, PADDING_BYTES); at++) {
    const frameBytes = mp3FrameBytes(head, at);
    if (frameBytes === 0) continue;
    if (at + frameBytes === head.length || mp3FrameBytes(head, at + frameBytes) > 0) return true;
    // A file cut inside its first frame.
    if (at === 0 && frameBytes > head.length) return true;
  }
  return false;
}
