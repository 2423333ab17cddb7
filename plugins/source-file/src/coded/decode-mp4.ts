// How the AAC track of an M4A, MP4 or MOV file is read: packet by packet, wherever its index stands.

import { VoiceInputError } from '@voiceinput/plugin-api';
import type * as Aac from '@audio/decode-aac';
import type { EncodedPacket, Input, InputAudioTrack } from 'mediabunny';
import { checkShape, mixed, type Pcm } from '../pcm.ts';
import { ForeignCoding } from './foreign-coding.ts';

const PACKETS_AT_ONCE = 16;
/** Tables may round a packet's end. */
const TOLERANCE_SECONDS = 0.1;

/** All audio of the first audio track, then `ERR_AUDIO_CORRUPT` if packets are missing. Throws `ForeignCoding`. */
export async function* decodeMp4(path: string, name: string): AsyncGenerator<Pcm> {
  const { EncodedPacketSink, FilePathSource, Input: Container, MP4, QTFF } = await import('mediabunny');
  const input = new Container({ formats: [MP4, QTFF], source: new FilePathSource(path) });
  try {
    const track = await audioTrack(input, name);
    checkShape(name, track.sampleRate, track.numberOfChannels);
    const claimedSeconds = await track.computeDuration();
    const packets = new EncodedPacketSink(track).packets();
    const endSeconds = yield* decodePackets(packets, track, name);
    if (endSeconds < claimedSeconds - TOLERANCE_SECONDS) {
      const part = `${endSeconds.toFixed(2)} s of the ${claimedSeconds.toFixed(2)} s that its index claims`;
      throw new VoiceInputError('ERR_AUDIO_CORRUPT', `${name} ends after ${part}.`);
    }
  } finally {
    input.dispose();
  }
}

async function audioTrack(input: Input, name: string): Promise<InputAudioTrack> {
  const noIndex = (cause?: unknown): VoiceInputError =>
    new VoiceInputError('ERR_AUDIO_CORRUPT', `${name} has no readable index; it may have been cut off.`, { cause });
  const tracks = await input.getTracks().catch((cause: unknown) => {
    throw noIndex(cause);
  });
  if (tracks.length === 0) throw noIndex();
  const track = await input.getPrimaryAudioTrack();
  if (!track) throw new VoiceInputError('ERR_AUDIO_EMPTY', `${name} has no audio track.`);
  if (track.codec !== 'aac') throw new ForeignCoding(`MP4 with ${track.codec?.toUpperCase() ?? 'an unknown coding'}`);
  return track;
}

/** Gives the end of the last packet in seconds. */
async function* decodePackets(
  packets: AsyncIterable<EncodedPacket>,
  track: InputAudioTrack,
  name: string,
): AsyncGenerator<Pcm, number> {
  const asc = configuration(await track.getDecoderConfig(), name);
  const { decoder: openDecoder } = await importDecoder();
  let decoder: Awaited<ReturnType<typeof openDecoder>> | undefined;
  let batch: Uint8Array[] = [];
  let endSeconds = 0;
  const audioOf = (): Pcm | undefined => {
    const { channelData, sampleRate } = decoder!.decode(batch);
    batch = [];
    if (channelData.length === 0) return undefined;
    checkShape(name, sampleRate, channelData.length);
    return { rateHz: sampleRate, samples: mixed(channelData) };
  };
  try {
    for await (const packet of packets) {
      // Packets before the presentation's beginning only prime the decoder.
      decoder ??= await openDecoder({ asc, gapless: { start: Math.max(0, -packet.timestamp) } });
      endSeconds = Math.max(endSeconds, packet.timestamp + packet.duration);
      if (batch.push(packet.data) < PACKETS_AT_ONCE) continue;
      const audio = audioOf();
      if (audio) yield audio;
    }
    const audio = decoder && audioOf();
    if (audio) yield audio;
  } finally {
    decoder?.free();
  }
  return endSeconds;
}

function configuration(config: { description?: unknown } | null, name: string): Uint8Array {
  const description = config?.description;
  if (description instanceof Uint8Array) return description;
  if (description instanceof ArrayBuffer) return new Uint8Array(description);
  throw new VoiceInputError('ERR_AUDIO_CORRUPT', `${name} does not describe its AAC coding.`);
}

/** The decoder is an optional dependency: its licence (GPL-2.0) is not everybody's. */
export async function importDecoder(): Promise<typeof Aac> {
  return import('@audio/decode-aac').catch((cause: unknown) => {
    throw new ForeignCoding('AAC (the package @audio/decode-aac is not installed)', { cause });
  });
}
