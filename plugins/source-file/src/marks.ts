// The marks with which formats begin that are not decoded here, and what people call them.

import { startsWith } from './magic.ts';

type Mark = readonly [offset: number, magic: string, title: string];

/** Formats of sound and film, which ffmpeg reads. */
const FOREIGN: readonly Mark[] = [
  [0, 'FORM', 'AIFF'],
  [0, 'caff', 'Core Audio (CAF)'],
  [0, '#!AMR', 'AMR'],
  [0, '\x30\x26\xb2\x75', 'Windows Media (ASF)'],
  [0, '.snd', 'Sun audio (AU)'],
  [0, 'wvpk', 'WavPack'],
  [0, 'MAC ', "Monkey's Audio"],
  [0, 'TTA1', 'True Audio'],
  [0, 'TTA2', 'True Audio'],
  [0, 'RIFX', 'big-endian RIFF'],
  [0, 'riff\x2e\x91\xcf\x11', 'Wave64'],
  [0, 'FLV\x01', 'Flash Video (FLV)'],
  [0, 'MPCK', 'Musepack'],
  [0, 'MP+', 'Musepack'],
  [0, 'OFR ', 'OptimFROG'],
  [0, 'DSD ', 'DSF'],
  [0, 'FRM8', 'DSDIFF'],
  [0, '.RMF', 'RealMedia'],
  [0, '.ra\xfd', 'RealAudio'],
  [0, 'Creative Voice File', 'Creative Voice'],
  [0, 'nut/multimedia container', 'NUT'],
  [0, 'ajkg', 'Shorten'],
  [0, 'NIST_1A', 'NIST SPHERE'],
  [0, '\x64\xa3', 'IRCAM'],
  [0, '\0\0\x01\xba', 'MPEG program stream'],
  [0, '\0\0\x01\xb3', 'MPEG video'],
  [0, '\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02\x01\x01\x02', 'MXF'],
  [0, '\xb7\xd8\x00\x20\x37\x49\xda\x11', 'Windows Recorded TV'],
  [0, '\x0b\x77', 'AC-3'],
  [0, '\x77\x0b', 'AC-3'],
  [0, '\x7f\xfe\x80\x01', 'DTS'],
  [0, '\xfe\x7f\x01\x80', 'DTS'],
  [0, '\x1f\xff\xe8\x00', 'DTS'],
  [0, '#!SILK', 'SILK'],
  [0, '\x02#!SILK', 'SILK'],
  [4, '\xf8\x72\x6f\xba', 'TrueHD'],
  [4, '\xf8\x72\x6f\xbb', 'MLP'],
  [8, 'AVI ', 'AVI'],
];

/** What people give by mistake. */
const NO_SOUND: readonly Mark[] = [
  [0, 'PK\x03\x04', 'a ZIP archive or office document'],
  [0, 'PK\x05\x06', 'a ZIP archive'],
  [0, '%PDF', 'a PDF document'],
  [0, '\x89PNG', 'a picture (PNG)'],
  [0, '\xff\xd8\xff', 'a picture (JPEG)'],
  [0, 'GIF8', 'a picture (GIF)'],
  [0, 'BM', 'a picture (BMP)'],
  [0, 'II*\0', 'a picture (TIFF)'],
  [0, 'MM\0*', 'a picture (TIFF)'],
  [8, 'WEBP', 'a picture (WebP)'],
  [0, '\x1f\x8b', 'a compressed file (gzip)'],
  [0, 'BZh', 'a compressed file (bzip2)'],
  [0, '\xfd7zXZ\0', 'a compressed file (xz)'],
  [0, '\x28\xb5\x2f\xfd', 'a compressed file (zstd)'],
  [0, '7z\xbc\xaf', 'an archive (7z)'],
  [0, 'Rar!', 'an archive (RAR)'],
  [257, 'ustar', 'an archive (tar)'],
  [0, '\x7fELF', 'a program'],
  [0, 'MZ', 'a program'],
  [0, 'SQLite format 3\0', 'a database (SQLite)'],
  [0, 'MThd', 'notes without sound (MIDI)'],
  [0, '<!DOCTYPE', 'a web page'],
  [0, '<!doctype', 'a web page'],
  [0, '<html', 'a web page'],
  [0, '<?xml', 'a text file (XML)'],
  [0, '#EXTM3U', 'a playlist, which names recordings and holds none'],
  [0, '[playlist]', 'a playlist, which names recordings and holds none'],
  [0, 'ffconcat', 'a playlist, which names recordings and holds none'],
  [0, 'WEBVTT', 'a text file (subtitles)'],
  [0, '\xef\xbb\xbf', 'a text file'],
];
const PACKET_BYTES = [188, 192, 204];
const GSM_FRAME_BYTES = 33;
const GSM_FRAMES_SEEN = 12;

/** What people call the format of sound or film that begins with `head`. Absent when it is none that is known. */
export function foreignTitle(head: Uint8Array): string | undefined {
  if (isTransportStream(head)) return 'MPEG transport stream';
  return titleIn(FOREIGN, head);
}

/** What people call the file without sound that begins with `head`. Absent when it is none that is known. */
export function soundlessTitle(head: Uint8Array): string | undefined {
  return titleIn(NO_SOUND, head) ?? (isText(head) ? 'a text file' : undefined);
}

/** Frames of GSM 06.10 have no mark but four bits each. */
export function isBareGsm(head: Uint8Array): boolean {
  const frames = Math.min(GSM_FRAMES_SEEN, Math.floor(head.length / GSM_FRAME_BYTES));
  if (frames < 2) return false;
  return Array.from({ length: frames }, (_, frame) => head[frame * GSM_FRAME_BYTES]!).every(
    (byte) => byte >> 4 === 0xd,
  );
}

function titleIn(marks: readonly Mark[], head: Uint8Array): string | undefined {
  return marks.find(([offset, magic]) => startsWith(head, offset, magic))?.[2];
}

/** ISO/IEC 13818-1 §2.4.3.2: packets of one size, each with the same first byte; some recorders put a time before each. */
function isTransportStream(head: Uint8Array): boolean {
  return PACKET_BYTES.some((bytes) =>
    [0, 4].some(
      (from) => head.length > from + 3 * bytes && [0, 1, 2, 3].every((at) => head[from + at * bytes] === 0x47),
    ),
  );
}

function isText(head: Uint8Array): boolean {
  const begin = head.subarray(0, 512);
  const isPrintable = begin.every((byte) => (byte >= 0x20 ? byte !== 0x7f : byte === 9 || byte === 10 || byte === 13));
  // Silence in A-law is one letter over and over.
  return isPrintable && new Set(begin).size > Math.min(4, begin.length - 1);
}
