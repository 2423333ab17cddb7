// How the sound of MP4, MOV, Matroska and WebM is read: packet by packet, wherever the index stands.

import { fstat, read } from 'node:fs';
import { promisify } from 'node:util';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type { Input, InputAudioTrack } from 'mediabunny';
import { Mixer } from '../mix.ts';
import { checkShape, type Pcm } from '../pcm.ts';
import { spokenTrack } from '../speech-like.ts';
import { ForeignCoding } from './foreign-coding.ts';
import { missingOfMatroska } from './matroska-length.ts';
import { isDecodedHere, openPackets, type PacketDecoder } from './packets.ts';

const PACKETS_AT_ONCE = 16;
/** Tables may round a packet's end. */
const TOLERANCE_SECONDS = 0.1;

export interface ContainerOrder {
  readonly name: string;
  readonly descriptor: number;
  /** Whether to read what there is of a file that was cut off. */
  readonly evenIfCut: boolean;
}

/**
 * All audio of the track on which somebody speaks, then `ERR_AUDIO_CORRUPT` if packets are missing. Throws `ForeignCoding`
 * before any audio.
 */
export async function* decodeContainer({ descriptor, name, evenIfCut }: ContainerOrder): AsyncGenerator<Pcm> {
  const { CustomSource, Input: Container, MATROSKA, MP4, QTFF, WEBM } = await import('mediabunny');
  const missingBytes = await missingOfMatroska(descriptor);
  // Of a cluster that is not whole, seconds of sound, ffmpeg reads the beginning and mediabunny nothing.
  if (missingBytes > 0 && !evenIfCut)
    throw new ForeignCoding('Matroska or WebM that was cut off', { isReadable: true });
  const input = new Container({ formats: [MP4, QTFF, MATROSKA, WEBM], source: new CustomSource(sourceOf(descriptor)) });
  try {
    const tracks = await tracksOf(input, name);
    const track = await spokenTrack(tracks, (one) => decodeTrack(one, name));
    const endSeconds = yield* decodeTrack(track, name);
    await checkEnd({ track, endSeconds, missingBytes, name });
  } finally {
    input.dispose();
  }
}

function sourceOf(descriptor: number) {
  return {
    getSize: async () => (await promisify(fstat)(descriptor)).size,
    async read(start: number, end: number) {
      const { bytesRead, buffer } = await promisify(read)(
        descriptor,
        new Uint8Array(end - start),
        0,
        end - start,
        start,
      );
      return buffer.subarray(0, bytesRead);
    },
    prefetchProfile: 'fileSystem',
  } as const;
}

/** Those with a coding that is decoded here, the default one first. */
async function tracksOf(input: Input, name: string): Promise<[InputAudioTrack, ...InputAudioTrack[]]> {
  const noIndex = (cause?: unknown): ForeignCoding => {
    const otherwise = new VoiceInputError(
      'ERR_AUDIO_CORRUPT',
      `${name} has no readable index; it may have been cut off.`,
      { cause },
    );
    return new ForeignCoding('MP4, Matroska or one of their kind', { otherwise });
  };
  const all = await input.getTracks().catch((cause: unknown) => {
    throw noIndex(cause);
  });
  if (all.length === 0) throw noIndex();
  const tracks = all.filter((track): track is InputAudioTrack => track.isAudioTrack());
  for (const track of tracks) {
    const codec = await track.getCodec();
    if (isDecodedHere(codec)) continue;
    const coding = codec ?? (await track.getInternalCodecId());
    throw new ForeignCoding(`${(await input.getFormat()).name} with ${titleOf(coding)}`);
  }
  const [first, ...others] = tracks;
  if (!first) throw new VoiceInputError('ERR_AUDIO_EMPTY', `${name} has no audio track.`);
  const primary = await input.getPrimaryAudioTrack();
  if (!primary) return [first, ...others];
  return [primary, ...tracks.filter((track) => track.id !== primary.id)];
}

function titleOf(coding: unknown): string {
  return typeof coding === 'string' ? coding.toUpperCase() : 'an unknown coding';
}

/** Gives the end of the last packet in seconds. */
async function* decodeTrack(track: InputAudioTrack, name: string): AsyncGenerator<Pcm, number> {
  const { EncodedPacketSink } = await import('mediabunny');
  checkShape(name, await track.getSampleRate(), await track.getNumberOfChannels());
  let decoder: PacketDecoder | undefined;
  let batch: Uint8Array[] = [];
  let endSeconds = 0;
  const mixer = new Mixer();
  const audioOf = async (): Promise<Pcm | undefined> => {
    const { channelData, sampleRate } = await decoder!.decode(batch);
    batch = [];
    if ((channelData[0]?.length ?? 0) === 0) return undefined;
    checkShape(name, sampleRate, channelData.length);
    return { rateHz: sampleRate, samples: mixer.mix(channelData) };
  };
  try {
    for await (const packet of new EncodedPacketSink(track).packets()) {
      decoder ??= await openPackets(track, packet.timestamp, name);
      endSeconds = Math.max(endSeconds, packet.timestamp + packet.duration);
      if (batch.push(packet.data) < PACKETS_AT_ONCE) continue;
      const audio = await audioOf();
      if (audio) yield audio;
    }
    const audio = decoder && (await audioOf());
    if (audio) yield audio;
  } finally {
    decoder?.free();
  }
  return endSeconds;
}

interface End {
  readonly track: InputAudioTrack;
  readonly endSeconds: number;
  readonly missingBytes: number;
  readonly name: string;
}

/** A track of MP4 says how long it is; of Matroska only all tracks together do, but how many bytes they take is known. */
async function checkEnd({ track, endSeconds, missingBytes, name }: End): Promise<void> {
  const { MATROSKA, WEBM } = await import('mediabunny');
  const format = await track.input.getFormat();
  const end = `${name} ends after ${endSeconds.toFixed(2)} s`;
  if (missingBytes > 0) throw new VoiceInputError('ERR_AUDIO_CORRUPT', `${end}: ${missingBytes} bytes are missing.`);
  if (format === MATROSKA || format === WEBM) return;
  const claimedSeconds = await track.computeDuration();
  if (endSeconds >= claimedSeconds - TOLERANCE_SECONDS) return;
  const claimed = `${claimedSeconds.toFixed(2)} s that its index claims`;
  throw new VoiceInputError('ERR_AUDIO_CORRUPT', `${end} of the ${claimed}.`);
}
