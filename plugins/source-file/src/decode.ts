// How the bytes of an input become 16 000 Hz audio.

import { VoiceInputError, quoted } from '@voiceinput/plugin-api';
import { ByteReader } from './byte-reader.ts';
import { decodeApart } from './coded/decode-apart.ts';
import { decodeWithFfmpeg } from './coded/ffmpeg.ts';
import { ForeignCoding } from './coded/foreign-coding.ts';
import { HEAD_BYTES, formatOf, skipTags, type CodedFormat } from './format.ts';
import type { Input } from './input.ts';
import { finite } from './pcm.ts';
import { atSpeechRate } from './resample.ts';
import { spool } from './spool.ts';
import { decodeRaw, decodeWav } from './wav.ts';

/** All audio of `input`. Ends on abort; throws `ERR_FILE_…` and `ERR_AUDIO_…`, the latter after what could be decoded. */
export async function* decode(input: Input, raw: boolean, signal: AbortSignal): AsyncGenerator<Float32Array> {
  const reader = new ByteReader(input.bytes(signal));
  try {
    let samples = 0;
    for await (const piece of raw ? atSpeechRate(decodeRaw(reader, input.name)) : byFormat(input, reader, signal)) {
      samples += piece.length;
      yield piece;
    }
    if (samples === 0 && !signal.aborted) throw empty(input, reader);
  } finally {
    await reader.close();
  }
}

async function* byFormat(input: Input, reader: ByteReader, signal: AbortSignal): AsyncGenerator<Float32Array> {
  const { name } = input;
  await skipTags(reader);
  const head = await reader.peek(HEAD_BYTES);
  if (signal.aborted) return;
  if (head.length === 0) throw empty(input, reader);
  const format = formatOf(head);
  if (format.kind === 'wav') yield* atSpeechRate(finite(decodeWav(reader, name), name));
  else if (format.kind === 'coded') yield* decodeCoded(format.format, input, reader, signal);
  else if (format.kind === 'foreign') yield* decodeWithFfmpeg({ title: format.title, name, bytes: reader }, signal);
  else {
    const beginning = quoted(Buffer.from(head.subarray(0, 12)).toString('latin1'));
    throw new VoiceInputError('ERR_AUDIO_FORMAT', `${name} begins with ${beginning}, as no known audio format does.`);
  }
}

async function* decodeCoded(
  format: CodedFormat,
  input: Input,
  reader: ByteReader,
  signal: AbortSignal,
): AsyncGenerator<Float32Array> {
  const { name, path } = input;
  // The index of an MP4 file may stand at its end.
  const copy = format === 'mp4' && path === undefined ? await spool(reader, signal) : undefined;
  const place = copy?.path ?? path;
  try {
    yield* decodeApart(
      { format, name, ...(format === 'mp4' && place !== undefined ? { path: place } : {}) },
      reader,
      signal,
    );
  } catch (error) {
    if (!(error instanceof ForeignCoding)) throw error;
    yield* decodeWithFfmpeg({ title: error.title, name, bytes: reader }, signal);
  } finally {
    await copy?.remove();
  }
}

function empty({ name }: Input, reader: ByteReader): VoiceInputError {
  const what = reader.position === 0 ? 'is empty' : 'holds no samples';
  return new VoiceInputError('ERR_AUDIO_EMPTY', `${name} ${what}; expected audio.`);
}
