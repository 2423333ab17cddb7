// How the bytes of an input become 16 000 Hz audio.

import { errorTable, isVoiceInputError, VoiceInputError, quoted } from '@voiceinput/plugin-api';
import { ByteReader } from './byte-reader.ts';
import { decodeApart } from './coded/decode-apart.ts';
import { decodeWithFfmpeg, examine, hasFfmpeg } from './coded/ffmpeg.ts';
import { ForeignCoding } from './coded/foreign-coding.ts';
import { HEAD_BYTES, formatOf, skipTags, type CodedFormat } from './format.ts';
import type { Input } from './input.ts';
import { finite } from './pcm.ts';
import { copyOf, openPlace, type Place } from './place.ts';
import { atSpeechRate } from './resample.ts';
import { decodeRaw, decodeWav, WAV_MARK_BYTES } from './wav.ts';
import { startsWav } from './wav-header.ts';

/** As much as ffmpeg looks at before it gives up: what comes through a pipe without end is refused then. */
const PROBE_BYTES = 5_000_000;

/** Where the coding stands in the plainest header. */
const LEAST_WAV_BYTES = 44;

interface Bytes {
  readonly input: Input;
  readonly reader: ByteReader;
}

/** All audio of `input`. Ends on abort; throws `ERR_FILE_…` and `ERR_AUDIO_…`, the latter after what could be decoded. */
export async function* decode(input: Input, raw: boolean, signal: AbortSignal): AsyncGenerator<Float32Array> {
  const reader = new ByteReader(input.bytes(signal));
  let samples = 0;
  try {
    for await (const piece of raw ? atSpeechRate(decodeRaw(reader, input.name)) : byFormat({ input, reader }, signal)) {
      samples += piece.length;
      yield piece;
    }
    if (samples === 0 && !signal.aborted) throw empty(input, reader);
  } catch (error) {
    throw samples === 0 ? unreadable(error) : error;
  } finally {
    await reader.close();
  }
}

async function* byFormat(bytes: Bytes, signal: AbortSignal): AsyncGenerator<Float32Array> {
  const { input, reader } = bytes;
  const { name } = input;
  await skipTags(reader);
  // A live stream of WAV is heard from its first samples on.
  const isWav = startsWav(await reader.peek(WAV_MARK_BYTES));
  const head = await (isWav ? reader.peekSome(LEAST_WAV_BYTES, HEAD_BYTES) : reader.peek(HEAD_BYTES));
  if (signal.aborted) return;
  if (head.length === 0) throw empty(input, reader);
  const format = formatOf(head);
  switch (format.kind) {
    case 'wav':
      return yield* atSpeechRate(finite(decodeWav(reader, name), name));
    case 'coded':
      return yield* format.format === 'container'
        ? decodeContainer(bytes, signal)
        : decodeStream(format.format, bytes, signal);
    case 'foreign':
      return yield* decodeForeign(format, bytes, signal);
    case 'soundless':
      throw new VoiceInputError('ERR_AUDIO_FORMAT', `${name} is ${format.title}; expected a recording.`, {
        hint: 'Choose a file that contains sound.',
      });
    case 'unknown':
      return yield* decodeUnknown(bytes, signal);
  }
}

async function* decodeContainer(bytes: Bytes, signal: AbortSignal): AsyncGenerator<Float32Array> {
  const { reader, input } = bytes;
  const place = await placeOf(bytes, signal);
  const order = { format: 'container', name: input.name, descriptor: place.descriptor } as const;
  try {
    yield* decodeApart(order, reader, signal);
  } catch (error) {
    if (!(error instanceof ForeignCoding)) throw error;
    const { title, otherwise, isReadable } = error;
    const foreign = { title, name: input.name, place };
    if (!isReadable || (await hasFfmpeg())) yield* throughFfmpeg(foreign, otherwise, signal);
    else yield* decodeApart({ ...order, anyway: true }, reader, signal);
  } finally {
    await place.close();
  }
}

/** Before a decoder says that it cannot read a stream it has read nothing of it. */
async function* decodeStream(
  format: Exclude<CodedFormat, 'container'>,
  bytes: Bytes,
  signal: AbortSignal,
): AsyncGenerator<Float32Array> {
  try {
    yield* decodeApart({ format, name: bytes.input.name }, bytes.reader, signal);
  } catch (error) {
    if (!(error instanceof ForeignCoding)) throw error;
    yield* decodeForeign({ title: error.title, otherwise: error.otherwise }, bytes, signal);
  }
}

interface ForeignFormat {
  readonly title: string;
  readonly demuxer?: string;
  readonly otherwise?: VoiceInputError | undefined;
}

async function* decodeForeign(
  { title, demuxer, otherwise }: ForeignFormat,
  bytes: Bytes,
  signal: AbortSignal,
): AsyncGenerator<Float32Array> {
  const place = await placeOf(bytes, signal);
  try {
    yield* throughFfmpeg({ title, demuxer, name: bytes.input.name, place }, otherwise, signal);
  } finally {
    await place.close();
  }
}

/** What is like no format that is known here may be one that ffmpeg knows. */
async function* decodeUnknown(bytes: Bytes, signal: AbortSignal): AsyncGenerator<Float32Array> {
  const { input, reader } = bytes;
  const beginning = quoted(Buffer.from((await reader.peek(12)).subarray(0, 12)).toString('latin1'));
  const unknown = new VoiceInputError(
    'ERR_AUDIO_FORMAT',
    `${input.name} starts with ${beginning}, which no known audio format does.`,
    { hint: 'Convert it to WAV, FLAC, MP3 or Ogg. For raw samples (16 kHz, 16-bit, mono) add --raw.' },
  );
  if (input.path === undefined) {
    const head = await copyOf([await reader.peek(PROBE_BYTES)], signal);
    try {
      if ((await contentOrNone({ name: input.name, place: head }, unknown, signal)) === undefined) return;
    } finally {
      await head.close();
    }
  }
  const place = await placeOf(bytes, signal);
  try {
    yield* throughFfmpeg({ name: input.name, place }, unknown, signal);
  } finally {
    await place.close();
  }
}

type Foreign = Parameters<typeof examine>[0];

async function* throughFfmpeg(
  foreign: Foreign,
  otherwise: VoiceInputError | undefined,
  signal: AbortSignal,
): AsyncGenerator<Float32Array> {
  const content = await contentOrNone(foreign, otherwise, signal);
  if (content === undefined) return;
  yield* atSpeechRate(finite(decodeWithFfmpeg(foreign, content, signal), foreign.name));
}

/** Absent on abort only. `otherwise`: what is wrong where ffmpeg cannot help. */
async function contentOrNone(foreign: Foreign, otherwise: VoiceInputError | undefined, signal: AbortSignal) {
  const content = await examine(foreign, signal).catch((error: unknown) => {
    throw otherwise ?? error;
  });
  if (content !== undefined || signal.aborted) return content;
  throw (
    otherwise ??
    new VoiceInputError('ERR_AUDIO_CORRUPT', `${foreign.name} (${foreign.title}) cannot be read, not even by ffmpeg.`, {
      hint: 'Export or copy the file again.',
    })
  );
}

/** The file where nothing of it was passed over, else a copy of what is left. */
async function placeOf({ input, reader }: Bytes, signal: AbortSignal): Promise<Place> {
  if (input.path !== undefined && reader.position === 0) return openPlace(input.path);
  return copyOf(reader.rest(), signal);
}

/** The usual advice is for those who got a part. */
function unreadable(error: unknown): unknown {
  const usual = errorTable.ERR_AUDIO_CORRUPT.hint;
  if (!isVoiceInputError(error) || error.code !== 'ERR_AUDIO_CORRUPT' || error.hint !== usual) return error;
  return new VoiceInputError(error.code, error.message, { hint: 'Export or copy the file again.', cause: error });
}

function empty({ name }: Input, reader: ByteReader): VoiceInputError {
  const what = reader.position === 0 ? 'is empty' : 'holds no samples';
  return new VoiceInputError('ERR_AUDIO_EMPTY', `${name} ${what}; expected audio.`);
}
