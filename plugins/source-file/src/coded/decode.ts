// Which decoder reads which coded format, and when what it gave is not all that the file should hold.

import { VoiceInputError, quoted } from '@voiceinput/plugin-api';
import type { FLACDecoder } from '@wasm-audio-decoders/flac';
import type { ByteReader } from '../byte-reader.ts';
import { HEAD_BYTES, type CodedFormat } from '../format.ts';
import { Mp3Frames } from '../mp3-frames.ts';
import { Mixer } from '../mix.ts';
import { checkShape, type Pcm } from '../pcm.ts';
import { startsWith } from '../magic.ts';
import { exact } from './exact.ts';
import { FlacFrames } from './flac-frames.ts';
import { promisedSamples } from './flac-length.ts';
import { OggPages } from './ogg-pages.ts';

export type StreamFormat = Exclude<CodedFormat, 'container'>;

/** Well compressed silence grows a thousandfold: small bites keep the decoded stretch small. */
const BITE_BYTES = 4096;

interface Decoded {
  readonly channelData: Float32Array[];
  readonly sampleRate: number;
  readonly errors?: readonly { readonly message: string }[];
}

interface StreamDecoder {
  decode(bytes: Uint8Array): Decoded | Promise<Decoded>;
  flush?(): Decoded | Promise<Decoded>;
  free(): void;
}

/** Sees every byte once, passes on what can be decoded, and knows at the end whether some were missing. */
interface Witness {
  push(bytes: Uint8Array): Uint8Array;
  damage(decodedSamples: number): string | undefined;
}

/** All audio of a stream that can be decoded piece by piece, then `ERR_AUDIO_CORRUPT` if that was not all. */
export async function* decodeStream(format: StreamFormat, reader: ByteReader, name: string): AsyncGenerator<Pcm> {
  const head = await reader.peek(HEAD_BYTES);
  const inOgg = startsWith(head, 0, 'OggS');
  const witness = witnessOf(format, head, inOgg);
  if (format === 'flac' && !inOgg) await skipMetadata(reader);
  const decoder = await decoderOf(format, inOgg);
  const mixer = new Mixer();
  let decodedSamples = 0;
  let complaint: string | undefined;
  const audioOf = ({ channelData, sampleRate, errors }: Decoded): Pcm | undefined => {
    const message = errors?.[0]?.message;
    if (message !== undefined) complaint ??= `is damaged: ${quoted(message)}`;
    const samples = channelData[0]?.length ?? 0;
    if (samples === 0) return undefined;
    checkShape(name, sampleRate, channelData.length);
    decodedSamples += samples;
    return { rateHz: sampleRate, samples: mixer.mix(channelData) };
  };
  try {
    for (let bytes = await reader.next(BITE_BYTES); bytes; bytes = await reader.next(BITE_BYTES)) {
      const whole = witness.push(bytes);
      const audio = whole.length > 0 ? audioOf(await decoder.decode(whole)) : undefined;
      if (audio) yield audio;
    }
    const audio = decoder.flush && audioOf(await decoder.flush());
    if (audio) yield audio;
  } finally {
    decoder.free();
  }
  const damage = witness.damage(decodedSamples) ?? complaint;
  if (damage) throw new VoiceInputError('ERR_AUDIO_CORRUPT', `${name} ${damage}.`);
}

async function decoderOf(format: StreamFormat, inOgg: boolean): Promise<StreamDecoder> {
  switch (format) {
    case 'flac':
      return flacDecoder(await ready(new (await import('@wasm-audio-decoders/flac')).FLACDecoder()), inOgg);
    case 'mp3':
      return ready(new (await import('mpg123-decoder')).MPEGDecoder());
    case 'vorbis':
      return ready(new (await import('@wasm-audio-decoders/ogg-vorbis')).OggVorbisDecoder());
    case 'opus':
      return (await import('@audio/decode-opus')).decoder();
    case 'aac':
      return (await import('@audio/decode-aac')).decoder();
  }
}

function flacDecoder(decoder: FLACDecoder, inOgg: boolean): StreamDecoder {
  const free = (): void => decoder.free();
  if (inOgg) {
    return {
      decode: async (bytes) => exact(await decoder.decode(bytes)),
      flush: async () => exact(await decoder.flush()),
      free,
    };
  }
  const frames = new FlacFrames();
  const hole = (): { message: string }[] => (frames.damaged ? [{ message: 'a frame has a wrong checksum' }] : []);
  const decoded = async (whole: Uint8Array[]): Promise<Decoded> => {
    const audio = exact(await decoder.decodeFrames(whole));
    return { ...audio, errors: [...hole(), ...audio.errors] };
  };
  return { decode: (bytes) => decoded(frames.push(bytes)), flush: () => decoded(frames.end()), free };
}

/** RFC 9639 §8.1: after "fLaC" come blocks, each with a length; the last one is marked. */
async function skipMetadata(reader: ByteReader): Promise<void> {
  await reader.skip(4);
  for (;;) {
    const [kind, a = 0, b = 0, c = 0] = await reader.take(4);
    if (kind === undefined) return;
    await reader.skip((a << 16) | (b << 8) | c);
    if (kind & 0x80) return;
  }
}

async function ready<Decoder extends { ready: Promise<void> }>(decoder: Decoder): Promise<Decoder> {
  await decoder.ready;
  return decoder;
}

function witnessOf(format: StreamFormat, head: Uint8Array, inOgg: boolean): Witness {
  switch (format) {
    case 'flac':
      return flacWitness(promisedSamples(head), inOgg ? new OggPages() : undefined);
    case 'mp3':
      return new Mp3Frames(head);
    case 'opus':
    case 'vorbis':
      return new OggPages();
    case 'aac':
      return { push: (bytes) => bytes, damage: () => undefined };
  }
}

function flacWitness(promised: number, pages: OggPages | undefined): Witness {
  return {
    push: (bytes) => pages?.push(bytes) ?? bytes,
    damage: (decoded) =>
      decoded < promised ? `gave ${decoded} of the ${promised} samples that it claims` : pages?.damage(),
  };
}
