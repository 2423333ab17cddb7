// How the sound of MP4, MOV, Matroska and WebM is read: packet by packet, wherever the index stands.

import { fstat, read } from 'node:fs';
import { promisify } from 'node:util';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type { Input, InputAudioTrack } from 'mediabunny';
import { Mixer } from '../mix.ts';
import { checkShape, type Pcm } from '../pcm.ts';
import { spokenTrack } from '../speech-like.ts';
import { ForeignCoding } from './foreign-coding.ts';
import { shownParts } from './edit-list.ts';
import { missingOfMatroska } from './matroska-length.ts';
import { isDecodedHere, openPackets, type PacketDecoder } from './packets.ts';
import { silence, until } from './shown.ts';

const PACKETS_AT_ONCE = 16;
/** Tables may round a packet's end. */
const TOLERANCE_SECONDS = 0.1;
/** No recording is silent for longer: its times are wrong. */
const MOST_SILENT_SECONDS = 3_600;

export interface ContainerOrder {
  readonly name: string;
  readonly descriptor: number;
  /** Whether to read as much as can be read here of a file that ffmpeg reads better. */
  readonly anyway: boolean;
}

/**
 * All audio of the track on which somebody speaks, then `ERR_AUDIO_CORRUPT` if packets are missing. Throws `ForeignCoding`
 * before any audio.
 */
export async function* decodeContainer({ descriptor, name, anyway }: ContainerOrder): AsyncGenerator<Pcm> {
  const { CustomSource, Input: Container, MATROSKA, MP4, QTFF, WEBM } = await import('mediabunny');
  const missingBytes = await missingOfMatroska(descriptor);
  // Of a cluster that is not whole, seconds of sound, ffmpeg reads the beginning and mediabunny nothing.
  if (missingBytes > 0 && !anyway) throw new ForeignCoding('Matroska or WebM that was cut off', { isReadable: true });
  const parts = await shownParts(descriptor);
  if (!anyway && [...parts.values()].some(({ isOneOfSeveral }) => isOneOfSeveral))
    throw new ForeignCoding('MP4 of several parts', { isReadable: true });
  const input = new Container({ formats: [MP4, QTFF, MATROSKA, WEBM], source: new CustomSource(sourceOf(descriptor)) });
  try {
    const tracks = await tracksOf(input, name);
    const beginSeconds = Math.max(0, await input.getFirstTimestamp());
    const shownUntil = ({ id }: InputAudioTrack): number => parts.get(id)?.endSeconds ?? Infinity;
    const decoded = (track: InputAudioTrack) =>
      decodeTrack(track, { name, beginSeconds, endSeconds: shownUntil(track) });
    const track = await spokenTrack(tracks, decoded);
    const endSeconds = yield* decoded(track);
    await checkEnd({ track, endSeconds, shownSeconds: shownUntil(track), missingBytes, name });
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

interface Shown {
  readonly name: string;
  /** When the film begins, and until when this track is heard; as packets count. */
  readonly beginSeconds: number;
  readonly endSeconds: number;
}

/** With silence where the track has none of its own sound. Gives the end of the last packet in seconds. */
async function* decodeTrack(track: InputAudioTrack, shown: Shown): AsyncGenerator<Pcm, number> {
  const { name, beginSeconds } = shown;
  checkShape(name, await track.getSampleRate(), await track.getNumberOfChannels());
  let endSeconds = beginSeconds;
  const told = (seconds: number): void => void (endSeconds = Math.max(endSeconds, seconds));
  yield* until(shown.endSeconds - beginSeconds, decodePackets(track, shown, told));
  return endSeconds;
}

async function* decodePackets(
  track: InputAudioTrack,
  { name, beginSeconds }: Shown,
  told: (endSeconds: number) => void,
): AsyncGenerator<Pcm> {
  const { EncodedPacketSink } = await import('mediabunny');
  let decoder: PacketDecoder | undefined;
  let batch: Uint8Array[] = [];
  let [endSeconds, silentSeconds] = [beginSeconds, 0];
  let rateHz = await track.getSampleRate();
  let hiddenSeconds: number | undefined;
  const mixer = new Mixer();
  const audioOf = async (): Promise<Pcm | undefined> => {
    const { channelData, sampleRate } = await decoder!.decode(batch);
    batch = [];
    if ((channelData[0]?.length ?? 0) === 0) return undefined;
    checkShape(name, sampleRate, channelData.length);
    rateHz = sampleRate;
    const samples = mixer.mix(channelData);
    hiddenSeconds ??= decoder!.hiddenSeconds;
    const hidden = Math.min(samples.length, Math.round(hiddenSeconds * rateHz));
    hiddenSeconds -= hidden / rateHz;
    return hidden === samples.length ? undefined : { rateHz, samples: hidden === 0 ? samples : samples.slice(hidden) };
  };
  try {
    for await (const packet of new EncodedPacketSink(track).packets()) {
      decoder ??= await openPackets(track, packet.timestamp, name);
      const gapSeconds = packet.timestamp - endSeconds;
      const isGap = gapSeconds > TOLERANCE_SECONDS && silentSeconds + gapSeconds <= MOST_SILENT_SECONDS;
      if (batch.length >= PACKETS_AT_ONCE || (isGap && batch.length > 0)) {
        const audio = await audioOf();
        if (audio) yield audio;
      }
      if (isGap) {
        silentSeconds += gapSeconds;
        yield* silence(gapSeconds, rateHz);
      }
      endSeconds = Math.max(endSeconds, packet.timestamp + packet.duration);
      told(endSeconds);
      batch.push(packet.data);
    }
    const audio = decoder && (await audioOf());
    if (audio) yield audio;
  } finally {
    decoder?.free();
  }
}

interface End {
  readonly track: InputAudioTrack;
  readonly endSeconds: number;
  readonly shownSeconds: number;
  readonly missingBytes: number;
  readonly name: string;
}

/** A track of MP4 says how long it is; of Matroska only all tracks together do, but how many bytes they take is known. */
async function checkEnd({ track, endSeconds, shownSeconds, missingBytes, name }: End): Promise<void> {
  const { MATROSKA, WEBM } = await import('mediabunny');
  const format = await track.input.getFormat();
  const end = `${name} ends after ${endSeconds.toFixed(2)} s`;
  if (missingBytes > 0) throw new VoiceInputError('ERR_AUDIO_CORRUPT', `${end}: ${missingBytes} bytes are missing.`);
  if (format === MATROSKA || format === WEBM) return;
  const claimedSeconds = Math.min(shownSeconds, await track.computeDuration());
  if (endSeconds >= claimedSeconds - TOLERANCE_SECONDS) return;
  const claimed = `${claimedSeconds.toFixed(2)} s that its index claims`;
  throw new VoiceInputError('ERR_AUDIO_CORRUPT', `${end} of the ${claimed}.`);
}
