// By its first bytes, never by its name, which format a stream has.

import type { ByteReader } from './byte-reader.ts';
import { startsWith } from './magic.ts';
import { foreignTitle, isBareGsm, soundlessTitle } from './marks.ts';
import { holdsMp3 } from './mp3-frames.ts';
import { foreignWav, startsWav } from './wav-header.ts';

/** Formats decoded here. Of a container, the codings that are known. */
export type CodedFormat = 'flac' | 'mp3' | 'opus' | 'vorbis' | 'aac' | 'container';
export type Format =
  | { readonly kind: 'wav' }
  | { readonly kind: 'coded'; readonly format: CodedFormat }
  /** `demuxer`: what ffmpeg calls a format that it cannot tell by itself. */
  | { readonly kind: 'foreign'; readonly title: string; readonly demuxer?: string }
  /** Known to hold no sound. */
  | { readonly kind: 'soundless'; readonly title: string }
  | { readonly kind: 'unknown' };

/** Enough for some MP3 frames after some padding. */
export const HEAD_BYTES = 16 * 1024;
const MP4_FIRST_BOXES = ['ftyp', 'moov', 'mdat', 'wide', 'skip', 'free', 'pnot', 'styp', 'moof', 'sidx'];
const MATROSKA = '\x1a\x45\xdf\xa3';

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
  if (startsWav(head)) {
    const title = foreignWav(head);
    return title === undefined ? { kind: 'wav' } : { kind: 'foreign', title };
  }
  if (startsWith(head, 0, 'fLaC')) return { kind: 'coded', format: 'flac' };
  if (startsWith(head, 0, 'OggS')) return formatInOgg(head);
  if (startsWith(head, 0, MATROSKA) || MP4_FIRST_BOXES.some((box) => startsWith(head, 4, box))) {
    return { kind: 'coded', format: 'container' };
  }
  const foreign = foreignTitle(head);
  if (foreign !== undefined) return { kind: 'foreign', title: foreign };
  const soundless = soundlessTitle(head);
  if (soundless !== undefined) return { kind: 'soundless', title: soundless };
  if (startsWithAdts(head)) return { kind: 'coded', format: 'aac' };
  if (holdsMp3(head)) return { kind: 'coded', format: 'mp3' };
  if (isBareGsm(head)) return { kind: 'foreign', title: 'bare GSM 6.10', demuxer: 'gsm' };
  return { kind: 'unknown' };
}

/** RFC 3533 §6: the first packet begins after the 27 bytes of the page header and its segment table. */
function formatInOgg(head: Uint8Array): Format {
  const packet = 27 + (head[26] ?? 0);
  if (startsWith(head, packet, 'OpusHead')) return { kind: 'coded', format: 'opus' };
  if (startsWith(head, packet, '\x01vorbis')) return { kind: 'coded', format: 'vorbis' };
  if (startsWith(head, packet, '\x7fFLAC')) return { kind: 'coded', format: 'flac' };
  if (startsWith(head, packet, 'Speex')) return { kind: 'foreign', title: 'Ogg with Speex' };
  return { kind: 'foreign', title: 'Ogg with neither Opus, Vorbis nor FLAC' };
}

/** ISO/IEC 14496-3 Annex 1.A: a header of twelve set bits with layer 0, and another where its length points to. */
function startsWithAdts(head: Uint8Array): boolean {
  const isHeader = (at: number): boolean => head[at] === 0xff && ((head[at + 1] ?? 0) & 0xf6) === 0xf0;
  if (head.length < 7 || !isHeader(0)) return false;
  const frameBytes = ((head[3]! & 3) << 11) | (head[4]! << 3) | (head[5]! >> 5);
  return frameBytes >= 7 && (frameBytes >= head.length || isHeader(frameBytes));
}
