// What a virtual microphone is: a speaker that nobody hears, and a source that gives what it plays.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { SAMPLE_RATE_HZ } from '@voiceinput/plugin-api';
import type { SoundServer } from './server.ts';

/** The player fills its buffer before it begins: on a busy machine a small one leaves gaps in the sound. */
const PATIENT = '--latency-msec=2000';

export interface VirtualMicrophone {
  /** As the sound server calls it. */
  readonly id: string;
  /** As the user reads it. */
  readonly name: string;
  /**
   * Plays samples (mono, −1…1, 16 000 Hz) or a sound file into it; settles when all was played. Into an unplugged
   * microphone it plays unheard.
   */
  say(sound: Float32Array | string): Promise<void>;
  /** Pulls it out; whoever records from it loses it. */
  unplug(): Promise<void>;
  plug(): Promise<void>;
  mute(): Promise<void>;
  unmute(): Promise<void>;
  /** Takes the device away as another program does that needs it for itself alone: it stays listed and gives nothing. */
  hold(): Promise<void>;
  letGo(): Promise<void>;
  /** Makes it the one that is used when none is chosen. */
  makeStandard(): Promise<void>;
}

export interface VirtualMicrophoneOptions {
  readonly id: string;
  readonly name: string;
  /** The only rate that the device has. 16 000 by default. */
  readonly rateHz?: number;
}

/** Plugs a new one in. */
export async function plugIn(
  server: SoundServer,
  { id, name, rateHz = SAMPLE_RATE_HZ }: VirtualMicrophoneOptions,
): Promise<VirtualMicrophone> {
  const speaker = `speaker-of-${id}`;
  const shape = [`rate=${rateHz}`, 'channels=1', 'format=s16le'];
  // norewinds: without it an idle null sink sleeps for up to 2 s before it gives a first byte.
  await server.control('load-module', 'module-null-sink', `sink_name=${speaker}`, ...shape, 'norewinds=1');
  let module: string | undefined;

  async function plug(): Promise<void> {
    if (module !== undefined) return;
    const about = `source_properties=device.description="${name.replaceAll(' ', '\\ ')}"`;
    const args = [`source_name=${id}`, `master=${speaker}.monitor`, ...shape, 'remix=no', about];
    module = (await server.control('load-module', 'module-remap-source', ...args)).trim();
  }
  async function unplug(): Promise<void> {
    if (module === undefined) return;
    const gone = module;
    module = undefined;
    await server.control('unload-module', gone);
  }
  const set = async (...args: readonly string[]): Promise<void> => void (await server.control(...args));

  await plug();
  return {
    id,
    name,
    plug,
    unplug,
    say: (sound) => (typeof sound === 'string' ? playFile(server, speaker, sound) : play(server, speaker, sound)),
    mute: () => set('set-source-mute', id, '1'),
    unmute: () => set('set-source-mute', id, '0'),
    hold: () => set('suspend-source', id, '1'),
    letGo: () => set('suspend-source', id, '0'),
    makeStandard: () => set('set-default-source', id),
  };
}

function play(server: SoundServer, speaker: string, samples: Float32Array): Promise<void> {
  const format = ['--raw', '--format=float32le', `--rate=${SAMPLE_RATE_HZ}`, '--channels=1', PATIENT];
  const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  return run(server, ['pacat', '--playback', ...format, `--device=${speaker}`], bytes);
}

const playFile = (server: SoundServer, speaker: string, path: string): Promise<void> =>
  run(server, ['paplay', PATIENT, `--device=${speaker}`, path]);

async function run(server: SoundServer, [program = '', ...args]: readonly string[], input?: Buffer): Promise<void> {
  const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'pipe'], env: { ...process.env, ...server.env } });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.stdin.on('error', (error) => (said += error.message)).end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${said.trim()}`);
}
