// How an installed ffmpeg helps with formats that are not decoded here.

import { spawn } from 'node:child_process';
import { VoiceInputError, quoted } from '@voiceinput/plugin-api';
import { ByteReader } from '../byte-reader.ts';
import type { Pcm } from '../pcm.ts';
import type { Place } from '../place.ts';
import { spokenTrack } from '../speech-like.ts';
import { decodeWav } from '../wav.ts';
import { DEMUXERS } from './demuxers.ts';
import { contentOf, type ForeignContent, type ForeignTrack } from './foreign-content.ts';

const MOST_COMPLAINT_CHARACTERS = 300;
/** A container says how long all of it is, roughly. */
const TOLERANCE_SECONDS = 1;
/** What ffmpeg says when something is missing and it goes on or ends as if nothing were. */
const DAMAGE = /Error (while|submitting)|Invalid data|partial file|truncat|corrupt|Packet mismatch|end of file/i;

export interface ForeignInput {
  /** What the content is, for people. Absent when it is like no known format. */
  readonly title?: string | undefined;
  /** What ffmpeg calls a format that it cannot tell by itself. */
  readonly demuxer?: string | undefined;
  readonly name: string;
  readonly place: Place;
}

/** Whether there is an `ffmpeg` on the PATH. */
export async function hasFfmpeg(): Promise<boolean> {
  const child = spawn('ffmpeg', ['-version'], { stdio: 'ignore', windowsHide: true });
  return new Promise((resolve) => child.on('error', () => resolve(false)).on('close', (code) => resolve(code === 0)));
}

/**
 * What the program `ffmpeg` on the PATH finds in a file. Absent on abort, or when it knows no format that begins so.
 * Throws `ERR_AUDIO_FORMAT` when there is no ffmpeg.
 */
export async function examine(input: ForeignInput, signal: AbortSignal): Promise<ForeignContent | undefined> {
  const child = run(input, ['-v', 'info', '-hide_banner'], [], signal);
  child.stdout.resume();
  const exit = await child.exit;
  if (signal.aborted) return undefined;
  if (exit instanceof Error) throw missing(input, exit);
  return contentOf(child.said());
}

/**
 * Audio of the track on which somebody speaks, as ffmpeg decodes it. Ends on abort; throws `ERR_AUDIO_CORRUPT` after what
 * could be decoded, `ERR_AUDIO_EMPTY` when there is no track with sound.
 */
export async function* decodeWithFfmpeg(
  input: ForeignInput,
  { tracks, seconds, filmBeginSeconds }: ForeignContent,
  signal: AbortSignal,
): AsyncGenerator<Pcm> {
  const [first, ...others] = tracks;
  if (!first) throw new VoiceInputError('ERR_AUDIO_EMPTY', `${input.name}${shown(input)} has no audio track.`);
  const decoded = (one: ForeignTrack) => decodeTrack(input, { ...one, filmBeginSeconds }, signal);
  const track = await spokenTrack([first, ...others], decoded);
  let heardSeconds = 0;
  for await (const pcm of decoded(track)) {
    heardSeconds += pcm.samples.length / pcm.rateHz;
    yield pcm;
  }
  if (signal.aborted || seconds === undefined || heardSeconds >= seconds * 0.98 - TOLERANCE_SECONDS) return;
  const part = `${heardSeconds.toFixed(2)} s of the ${seconds.toFixed(2)} s that it claims`;
  throw new VoiceInputError('ERR_AUDIO_CORRUPT', `${input.name}${shown(input)} ends after ${part}.`);
}

async function* decodeTrack(
  input: ForeignInput,
  { index, filmBeginSeconds }: ForeignTrack & { readonly filmBeginSeconds: number | undefined },
  signal: AbortSignal,
): AsyncGenerator<Pcm> {
  const left = new AbortController();
  const stop = AbortSignal.any([signal, left.signal]);
  // As WAV the samples bring their rate and their channels with them.
  const output = ['-map', `0:${index}`, ...inTime(filmBeginSeconds), '-c:a', 'pcm_f32le', '-f', 'wav', 'pipe:1'];
  const child = run(input, ['-v', 'error', '-copyts'], output, stop);
  const reader = new ByteReader(child.stdout);
  try {
    if ((await reader.peek(1)).length > 0) yield* decodeWav(reader, input.name);
    const exit = await child.exit;
    if (signal.aborted) return;
    if (exit === 0 && !DAMAGE.test(child.said())) return;
    const said = quoted(child.said().trim().slice(0, MOST_COMPLAINT_CHARACTERS));
    throw new VoiceInputError(
      'ERR_AUDIO_CORRUPT',
      `${input.name}${shown(input)} cannot be read completely; ffmpeg says ${said}.`,
    );
  } finally {
    left.abort();
    await child.exit;
  }
}

/** With silence where the sound begins later than the pictures, or has gaps. */
const inTime = (filmBeginSeconds: number | undefined): readonly string[] =>
  filmBeginSeconds === undefined ? [] : ['-af', `asetpts=PTS-(${filmBeginSeconds})/TB,aresample=async=1:first_pts=0`];

interface Child {
  readonly stdout: AsyncIterable<Uint8Array> & { resume(): void };
  readonly exit: Promise<number | Error>;
  /** What it has written to standard error, from its beginning. */
  said(): string;
}

const MOST_SAID_CHARACTERS = 100_000;

/** Nothing but the file itself may be read: a playlist must not make ffmpeg fetch or open anything else. */
function run(input: ForeignInput, levels: readonly string[], output: readonly string[], signal: AbortSignal): Child {
  const { place, demuxer } = input;
  const options = ['-nostdin', ...levels, '-protocol_whitelist', 'file', '-format_whitelist', DEMUXERS.join()];
  const child = spawn(
    'ffmpeg',
    [...options, ...(demuxer ? ['-f', demuxer] : []), '-i', `file:${place.nameForChild}`, ...output],
    { stdio: ['ignore', 'pipe', 'pipe', place.descriptor], signal, windowsHide: true },
  );
  let said = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    if (said.length < MOST_SAID_CHARACTERS) said += text;
  });
  const exit = new Promise<number | Error>((resolve) => {
    child.on('error', resolve).on('close', (code) => resolve(code ?? 1));
  });
  return { stdout: child.stdout!, exit, said: () => said };
}

function missing(input: ForeignInput, cause: Error): VoiceInputError {
  return new VoiceInputError(
    'ERR_AUDIO_FORMAT',
    `${input.name} is ${input.title ?? 'of an unknown format'}, which only ffmpeg can read, but ffmpeg is not installed.`,
    { hint: 'Install ffmpeg, or convert the file to WAV, FLAC, MP3 or Ogg.', cause },
  );
}

function shown({ title }: ForeignInput): string {
  return title === undefined ? '' : ` (${title})`;
}
