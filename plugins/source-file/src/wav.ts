// How WAV and headerless samples are read, however long they are and whatever their header claims.

import { SAMPLE_RATE_HZ, VoiceInputError } from '@voiceinput/plugin-api';
import type { ByteReader } from './byte-reader.ts';
import { startsWith } from './magic.ts';
import { Mixer } from './mix.ts';
import type { Pcm } from './pcm.ts';
import { codingOf } from './wav-coding.ts';
import { readWavHeader, startsWav, type WavHeader } from './wav-header.ts';

const PIECE_BYTES = 64 * 1024;
/** Nobody hears that so little is missing; writers that count their header among the samples leave 0 to 3 ms. */
const INAUDIBLE_SECONDS = 0.1;
export const WAV_MARK_BYTES = 12;
/** What is put behind a file of any format. */
const TAGS = ['TAG', 'ID3', 'APETAGEX'];
const RAW: WavHeader = {
  rateHz: SAMPLE_RATE_HZ,
  channels: 1,
  coding: codingOf({ tag: 1, channels: 1, blockBytes: 2, bigEndian: false })!,
  dataBytes: Infinity,
};

/**
 * The samples of a WAV stream and of those behind it. What is there comes before `ERR_AUDIO_CORRUPT` for what is missing.
 * A header that claims less than there is was written before the samples were: what follows and is no chunk are samples.
 */
export async function* decodeWav(reader: ByteReader, name: string): AsyncGenerator<Pcm> {
  do {
    const header = await readWavHeader(reader, name);
    const readBytes = yield* decodeBlocks(reader, header);
    if (header.dataBytes !== Infinity && readBytes < wholeBlocks(header)) checkMissing(readBytes, header, name);
    else if (await samplesFollow(reader, header.dataBytes - readBytes)) {
      yield* decodeBlocks(reader, { ...header, dataBytes: Infinity });
    }
  } while (startsWav(await reader.peek(12)));
}

/** The samples of a stream of 16 000 Hz signed 16-bit little-endian mono. */
export async function* decodeRaw(reader: ByteReader, name: string): AsyncGenerator<Pcm> {
  const readBytes = yield* decodeBlocks(reader, RAW);
  const restBytes = (await reader.peek(1)).length;
  if (restBytes === 0) return;
  const parts = `${restBytes} of ${RAW.coding.blockBytes} bytes`;
  throw new VoiceInputError(
    'ERR_AUDIO_CORRUPT',
    `${name} ends inside a sample: ${parts} at ${seconds(readBytes, RAW)} s.`,
  );
}

/** Reads whole blocks only and gives how many bytes they were. Where the length is not known, another WAV stream ends it. */
async function* decodeBlocks(reader: ByteReader, header: WavHeader): AsyncGenerator<Pcm, number> {
  const { coding, rateHz } = header;
  const mostBytes = Math.max(1, Math.floor(PIECE_BYTES / coding.blockBytes)) * coding.blockBytes;
  // What follows may begin in the middle of a piece; its mark is seen as a whole.
  const aheadBytes = header !== RAW && header.dataBytes === Infinity ? WAV_MARK_BYTES : 0;
  const leastBytes = coding.blockBytes + aheadBytes;
  const mixer = new Mixer();
  let readBytes = 0;
  for (;;) {
    const wantedBytes = Math.min(mostBytes, wholeBlocks(header) - readBytes);
    if (wantedBytes === 0) return readBytes;
    // As it comes: whoever speaks into a pipe is heard now.
    const there = await reader.peekSome(leastBytes, wantedBytes + aheadBytes);
    const isEnd = there.length < leastBytes;
    const seenBytes = Math.min(wantedBytes, isEnd ? there.length : there.length - aheadBytes);
    const nextWav = aheadBytes === 0 ? -1 : placeOfWav(there, seenBytes);
    const blocks = Math.floor((nextWav < 0 ? seenBytes : nextWav) / coding.blockBytes);
    if (blocks > 0) {
      const piece = await reader.take(blocks * coding.blockBytes);
      readBytes += piece.length;
      const view = new DataView(piece.buffer, piece.byteOffset, piece.byteLength);
      yield { rateHz, samples: mixer.mix(coding.decode(view, blocks)) };
    }
    if (nextWav >= 0) await reader.skip(nextWav - blocks * coding.blockBytes);
    if (nextWav >= 0 || isEnd) return readBytes;
  }
}

/** Where in the first `bytes` another WAV stream begins; −1 when none does. */
function placeOfWav(next: Uint8Array, bytes: number): number {
  const text = Buffer.from(next.buffer, next.byteOffset, next.byteLength);
  for (let at = text.indexOf('RIFF'); at >= 0 && at < bytes; at = text.indexOf('RIFF', at + 1)) {
    if (startsWav(next, at)) return at;
  }
  return -1;
}

/** Whether what comes after the claimed samples are samples too. If not, passes over it, up to another WAV stream. */
async function samplesFollow(reader: ByteReader, restBytes: number): Promise<boolean> {
  if (restBytes === Infinity) return false;
  const next = await reader.peek(restBytes + 1 + WAV_MARK_BYTES);
  // A chunk of odd length is filled up with a byte, which some writers forget.
  const end = [restBytes, restBytes + 1].find((at) => at >= next.length || startsNoSamples(next, at));
  if (end === undefined) return true;
  await reader.skip(end);
  for (;;) {
    const mark = await reader.peek(WAV_MARK_BYTES);
    if (mark.length < 8 || startsWav(mark)) return false;
    const chunkBytes = new DataView(mark.buffer, mark.byteOffset).getUint32(4, true);
    await reader.skip(isChunk(mark, 0) ? 8 + chunkBytes + (chunkBytes & 1) : Infinity);
  }
}

function startsNoSamples(bytes: Uint8Array, at: number): boolean {
  return startsWav(bytes, at) || isChunk(bytes, at) || TAGS.some((tag) => startsWith(bytes, at, tag));
}

/** Samples seldom look like four letters or digits. */
function isChunk(bytes: Uint8Array, at: number): boolean {
  return (
    bytes.length >= at + 8 && /^[A-Za-z][\w ]{3}$/.test(Buffer.from(bytes.subarray(at, at + 4)).toString('latin1'))
  );
}

function wholeBlocks({ dataBytes, coding }: WavHeader): number {
  return dataBytes === Infinity ? Infinity : Math.floor(dataBytes / coding.blockBytes) * coding.blockBytes;
}

/** Throws when so much is missing that somebody could hear it. */
function checkMissing(readBytes: number, header: WavHeader, name: string): void {
  const missing = Number(seconds(header.dataBytes, header)) - Number(seconds(readBytes, header));
  if (missing <= INAUDIBLE_SECONDS) return;
  const part = `${seconds(readBytes, header)} s of the ${seconds(header.dataBytes, header)} s that its header claims`;
  throw new VoiceInputError('ERR_AUDIO_CORRUPT', `${name} ends after ${part}.`);
}

function seconds(bytes: number, { coding, rateHz }: WavHeader): string {
  return (((bytes / coding.blockBytes) * coding.blockSamples) / rateHz).toFixed(2);
}
