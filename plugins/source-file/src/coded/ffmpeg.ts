// How an installed ffmpeg helps with formats that are not decoded here.

import { spawn } from 'node:child_process';
import { pipeline } from 'node:stream/promises';
import { SAMPLE_RATE_HZ, VoiceInputError, quoted } from '@voiceinput/plugin-api';
import type { ByteReader } from '../byte-reader.ts';

const SAMPLE_BYTES = 4;
const MOST_COMPLAINT_CHARACTERS = 300;

export interface ForeignInput {
  /** What the content is, for people. */
  readonly title: string;
  readonly name: string;
  readonly bytes: ByteReader;
}

/**
 * Audio at 16 000 Hz as the program `ffmpeg` on the PATH decodes it. Ends on abort. Throws `ERR_AUDIO_FORMAT` when
 * there is no ffmpeg, `ERR_AUDIO_CORRUPT` after what could be decoded.
 */
export async function* decodeWithFfmpeg(input: ForeignInput, signal: AbortSignal): AsyncGenerator<Float32Array> {
  const { title, name, bytes } = input;
  const child = spawn(
    'ffmpeg',
    // Only the pipe may be read: a playlist must not make it fetch or open anything else.
    ['-nostdin', '-v', 'error', '-protocol_whitelist', 'pipe', '-i', 'pipe:0', '-vn'].concat(
      '-ac',
      '1',
      '-ar',
      String(SAMPLE_RATE_HZ),
      '-f',
      'f32le',
      'pipe:1',
    ),
    { stdio: ['pipe', 'pipe', 'pipe'], signal, windowsHide: true },
  );
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(0, MOST_COMPLAINT_CHARACTERS);
  });
  const exit = new Promise<number | Error>((resolve) =>
    child.on('error', resolve).on('close', (code) => resolve(code ?? 1)),
  );
  // Fails when ffmpeg ends before its input does; its exit code then says whether that is right.
  const feeding = pipeline(bytes.rest(), child.stdin).catch((error: unknown) => error);
  try {
    let held: Uint8Array = new Uint8Array(0);
    for await (const chunk of child.stdout as AsyncIterable<Uint8Array>) {
      held = Buffer.concat([held, chunk]);
      const samples = Math.floor(held.length / SAMPLE_BYTES);
      if (samples > 0) yield floats(held, samples);
      held = held.subarray(samples * SAMPLE_BYTES);
    }
    const ended = await exit;
    if (signal.aborted || ended === 0) return;
    if (ended instanceof Error) {
      throw new VoiceInputError(
        'ERR_AUDIO_FORMAT',
        `${name} is ${title}, which only ffmpeg can read, and there is none.`,
        {
          hint: 'Install ffmpeg, or convert the file to WAV, FLAC, MP3, Ogg or M4A.',
          cause: ended,
        },
      );
    }
    const said = quoted(complaint.trim());
    throw new VoiceInputError(
      'ERR_AUDIO_CORRUPT',
      `${name} (${title}) cannot be read to its end; ffmpeg says ${said}.`,
    );
  } finally {
    child.kill();
    await exit;
    await feeding;
  }
}

function floats(bytes: Uint8Array, count: number): Float32Array {
  const source = new DataView(bytes.buffer, bytes.byteOffset, count * SAMPLE_BYTES);
  const samples = new Float32Array(count);
  for (let index = 0; index < count; index++) {
    samples[index] = Math.max(-1, Math.min(1, source.getFloat32(index * SAMPLE_BYTES, true)));
  }
  return samples;
}
