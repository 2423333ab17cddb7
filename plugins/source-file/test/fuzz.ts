// How audio files are damaged at random, and what must hold however they are damaged.
// A long run: VOICEINPUT_FUZZ_ROUNDS=10000 VOICEINPUT_FUZZ_SEED=7 npx vitest run --project source-file fuzz

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorTable } from '@voiceinput/plugin-api';
import { fixture, listen } from './listen.ts';

/** Small enough that a round is quick; several pages or frames each. */
const ORIGINALS = [
  'formats/s16.wav',
  'formats/8khz-stereo.wav',
  'formats/float.wav',
  'formats/96khz-24bit.wav',
  'formats/flac.flac',
  'formats/mp3.mp3',
  'formats/opus.ogg',
  'formats/vorbis.ogg',
  'formats/m4a.m4a',
  'formats/m4a-index-first.m4a',
  'formats/opus.webm',
  'formats/flac.mka',
  'formats/mp3.mp4',
  'formats/pcm.mov',
  'formats/mulaw.wav',
  'formats/ima.wav',
] as const;
const INPUT_EXIT_CODE = 3;
/** A mutated header may honestly claim a rate of 1 kHz: sixteen times as many samples as before. */
const MOST_SAMPLES = 64 * 16_000 * 60;
const LONGEST_MS = 60_000;
const MOST_GROWTH_BYTES = 700 * 2 ** 20;

export interface FuzzReport {
  readonly rounds: number;
  readonly seed: number;
  /** How many ended with which code; `whole` without any. */
  readonly endings: Readonly<Record<string, number>>;
  readonly longestMs: number;
  /** What was broken and how to get it again. Empty: all held. */
  readonly failures: readonly string[];
}

/** Damages originals `rounds` times and listens to each. The same seed damages alike. */
export async function fuzz(rounds: number, seed: number): Promise<FuzzReport> {
  const originals = ORIGINALS.map((name) => readFileSync(fixture(name)));
  const endings: Record<string, number> = {};
  const failures: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'source-file-fuzz-'));
  let longestMs = 0;
  try {
    for (let round = 0; round < rounds; round++) {
      const random = randomFrom(seed * 1_000_003 + round);
      const index = round % originals.length;
      const bytes = mutated(originals[index]!, originals, random);
      const path = join(folder, 'mutated');
      writeFileSync(path, bytes);
      const beginMs = performance.now();
      const ending = await endingOf(path).catch((error: unknown) => `broken: ${String(error)}`);
      longestMs = Math.max(longestMs, performance.now() - beginMs);
      endings[ending] = (endings[ending] ?? 0) + 1;
      if (ending.startsWith('broken')) failures.push(`${ORIGINALS[index]!}, seed ${seed}, round ${round}: ${ending}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return { rounds, seed, endings, longestMs, failures };
}

/** The error's code, `whole`, or what is broken. */
async function endingOf(path: string): Promise<string> {
  const beforeBytes = process.memoryUsage().rss;
  const tooLong = AbortSignal.timeout(LONGEST_MS);
  let samplesHeard = 0;
  let broken: string | undefined;
  const { error } = await listen({ path }, tooLong, ({ samples }) => {
    samplesHeard += samples.length;
    const bad = samples.find((sample) => !(sample >= -1 && sample <= 1));
    if (bad !== undefined) broken = `broken: a sample of ${bad}`;
    if (samplesHeard > MOST_SAMPLES) throw new Error('more samples than the file can hold');
  });
  if (broken) return broken;
  if (tooLong.aborted) return 'broken: hangs';
  if (process.memoryUsage().rss - beforeBytes > MOST_GROWTH_BYTES) return 'broken: memory';
  if (!error) return samplesHeard > 0 ? 'whole' : 'broken: neither samples nor an error';
  if (errorTable[error.code].exitCode !== INPUT_EXIT_CODE) return `broken: ${error.code} ${error.message}`;
  return /\p{Cc}/u.test(error.message) ? `broken: control characters in ${JSON.stringify(error.message)}` : error.code;
}

type Random = (below: number) => number;
type Mutation = (bytes: Buffer, originals: readonly Buffer[], random: Random) => Buffer;

const HEADER_BYTES = 128;
const TELLING_VALUES = [0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];

const MUTATIONS: readonly Mutation[] = [
  function flipBits(bytes, _, random) {
    for (let count = 1 + random(20); count > 0; count--) bytes[random(bytes.length)]! ^= 1 << random(8);
    return bytes;
  },
  function flipHeaderBits(bytes, _, random) {
    for (let count = 1 + random(4); count > 0; count--) bytes[random(HEADER_BYTES)]! ^= 1 << random(8);
    return bytes;
  },
  function truncate(bytes, _, random) {
    return bytes.subarray(0, random(bytes.length));
  },
  function setHeaderField(bytes, _, random) {
    const value = TELLING_VALUES[random(TELLING_VALUES.length)]!;
    const at = random(HEADER_BYTES);
    if (random(2)) bytes.writeUInt32LE(value, at);
    else bytes.writeUInt16BE(value & 0xffff, at);
    return bytes;
  },
  function setAnyField(bytes, _, random) {
    bytes.writeUInt32BE(TELLING_VALUES[random(TELLING_VALUES.length)]!, random(bytes.length - 4));
    return bytes;
  },
  function splice(bytes, originals, random) {
    const other = originals[random(originals.length)]!;
    const from = random(other.length);
    const at = random(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), other.subarray(from, from + random(8000)), bytes.subarray(at)]);
  },
  function remove(bytes, _, random) {
    const at = random(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random(4000))]);
  },
  function overwrite(bytes, _, random) {
    const at = random(bytes.length);
    const end = Math.min(bytes.length, at + random(2000));
    for (let index = at; index < end; index++) bytes[index] = random(256);
    return bytes;
  },
];

function mutated(original: Buffer, originals: readonly Buffer[], random: Random): Buffer {
  let bytes: Buffer = Buffer.from(original);
  for (let count = 1 + random(2); count > 0 && bytes.length > 2 * HEADER_BYTES; count--) {
    bytes = Buffer.from(MUTATIONS[random(MUTATIONS.length)]!(bytes, originals, random));
  }
  return bytes;
}

/** Mulberry32, public domain. */
function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
