// Which decoder reads the packets of a container's track.

import { VoiceInputError } from '@voiceinput/plugin-api';
import type { AudioCodec, InputAudioTrack } from 'mediabunny';
import { codingOf } from '../wav-coding.ts';
import { importAac } from './aac.ts';
import { exact } from './exact.ts';
import { ForeignCoding } from './foreign-coding.ts';

interface Decoded {
  readonly channelData: readonly Float32Array[];
  readonly sampleRate: number;
}

export interface PacketDecoder {
  /** Packets that it cannot decode are missing from what it gives. */
  decode(packets: Uint8Array[]): Decoded | Promise<Decoded>;
  /** How much of what it gives first is before the beginning. */
  readonly hiddenSeconds: number;
  free(): void;
}

/** Format tag and bytes a sample, as WAV has them. */
const PCM: Partial<Record<AudioCodec, readonly [tag: number, bytes: number, bigEndian: boolean]>> = {
  'pcm-u8': [1, 1, false],
  'pcm-s16': [1, 2, false],
  'pcm-s16be': [1, 2, true],
  'pcm-s24': [1, 3, false],
  'pcm-s24be': [1, 3, true],
  'pcm-s32': [1, 4, false],
  'pcm-s32be': [1, 4, true],
  'pcm-f32': [3, 4, false],
  'pcm-f32be': [3, 4, true],
  'pcm-f64': [3, 8, false],
  'pcm-f64be': [3, 8, true],
  alaw: [6, 1, false],
  ulaw: [7, 1, false],
};
const COMPRESSED: ReadonlySet<AudioCodec | null> = new Set(['aac', 'opus', 'mp3', 'flac']);
const OPUS_RATE_HZ = 48_000;

/** Whether packets of `codec` are decoded here. */
export function isDecodedHere(codec: AudioCodec | null): codec is AudioCodec {
  return codec !== null && (COMPRESSED.has(codec) || PCM[codec] !== undefined);
}

/** `startSeconds`: when the first packet begins; what is before 0 only primes the decoder. Rejects with `ForeignCoding`. */
export async function openPackets(track: InputAudioTrack, startSeconds: number, name: string): Promise<PacketDecoder> {
  const codec = await track.getCodec();
  const hiddenSeconds = Math.max(0, -startSeconds);
  const [channels, rateHz] = [await track.getNumberOfChannels(), await track.getSampleRate()];
  switch (codec) {
    case 'aac': {
      const { decoder } = await importAac(name);
      const asc = await descriptionOf(track);
      if (!asc) throw new VoiceInputError('ERR_AUDIO_CORRUPT', `${name} does not describe its AAC coding.`);
      const aac = await decoder({ asc, gapless: { start: hiddenSeconds } });
      return { decode: (packets) => aac.decode(packets), hiddenSeconds: 0, free: () => aac.free() };
    }
    case 'opus':
      return openOpus(await descriptionOf(track), { channels, hiddenSeconds });
    case 'mp3': {
      const decoder = new (await import('mpg123-decoder')).MPEGDecoder({ enableGapless: false });
      await decoder.ready;
      const decode: PacketDecoder['decode'] = (packets) => decoder.decode(Buffer.concat(packets));
      return { decode, hiddenSeconds, free: () => decoder.free() };
    }
    case 'flac': {
      const decoder = new (await import('@wasm-audio-decoders/flac')).FLACDecoder();
      await decoder.ready;
      const decode: PacketDecoder['decode'] = async (packets) => exact(await decoder.decodeFrames(packets));
      return { decode, hiddenSeconds, free: () => decoder.free() };
    }
    case null:
      throw new ForeignCoding('an unknown coding');
    default:
      return { ...openPcm(codec, channels, rateHz), hiddenSeconds };
  }
}

function openPcm(codec: AudioCodec, channels: number, rateHz: number): Omit<PacketDecoder, 'hiddenSeconds'> {
  const [tag, sampleBytes, bigEndian] = PCM[codec] ?? [];
  const coding =
    tag === undefined
      ? undefined
      : codingOf({ tag, channels, blockBytes: channels * sampleBytes!, bigEndian: bigEndian! });
  if (!coding) throw new ForeignCoding(codec.toUpperCase());
  return {
    decode(packets) {
      const bytes = Buffer.concat(packets);
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      return {
        channelData: coding.decode(view, Math.floor(bytes.length / coding.blockBytes)),
        sampleRate: rateHz,
      };
    },
    free: () => undefined,
  };
}

/** The description is the stream's head: RFC 7845 §5.1. */
async function openOpus(
  head: Uint8Array | undefined,
  { channels, hiddenSeconds }: { readonly channels: number; readonly hiddenSeconds: number },
): Promise<PacketDecoder> {
  const decoder = await (await import('@audio/decode-opus/core')).createOpusDecoder();
  const fields = head && head.length >= 19 ? new DataView(head.buffer, head.byteOffset, head.byteLength) : undefined;
  const preSkip = fields?.getUint16(10, true) ?? 0;
  const family = fields?.getUint8(18) ?? 0;
  decoder.configure({
    channels: fields?.getUint8(9) ?? channels,
    sampleRate: OPUS_RATE_HZ,
    preSkip,
    outputGain: fields?.getInt16(16, true) ?? 0,
    ...(family !== 0 && fields !== undefined && fields.byteLength > 21
      ? {
          streamCount: fields.getUint8(19),
          coupledStreamCount: fields.getUint8(20),
          channelMappingTable: head!.subarray(21, 21 + fields.getUint8(9)),
        }
      : {}),
  });
  return {
    decode: (packets) => decoder.decodeFrames(packets),
    hiddenSeconds: Math.max(0, hiddenSeconds - preSkip / OPUS_RATE_HZ),
    free: () => decoder.free(),
  };
}

async function descriptionOf(track: InputAudioTrack): Promise<Uint8Array | undefined> {
  const description: unknown = (await track.getDecoderConfig())?.description;
  if (description instanceof ArrayBuffer) return new Uint8Array(description);
  return description instanceof Uint8Array ? description : undefined;
}
