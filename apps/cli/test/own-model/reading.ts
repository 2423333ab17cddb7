// A long recording of which is known when each word, or each clip, is said, and a book that is not quite what was read.

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { spokenWords } from '@voiceinput/dataset';
import type { ReadingLanguage } from '@voiceinput/dataset';
import type { SpokenSentence } from './festival.ts';

const RATE_HZ = 16_000;
const SAMPLES_PER_MS = 16;

/** What is said from one sample to another: a word, or a clip of several. */
export interface Said {
  readonly text: string;
  readonly startSample: number;
  readonly endSample: number;
}

/** Numbers in 0…1, the same for the same seed. */
export function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Sentences as they are read: some are skipped, some read twice, in some four words change places. */
export function misread(sentences: readonly string[], chance: () => number): string[] {
  return sentences.flatMap((sentence) => {
    const fate = chance();
    if (fate < 0.08) return [];
    if (fate < 0.16) return [sentence, sentence];
    const words = sentence.split(' ');
    if (fate >= 0.26 || words.length < 8) return [sentence];
    const from = 2 + Math.floor(chance() * (words.length - 7));
    return [words.toSpliced(from, 4, ...words.slice(from, from + 4).toReversed()).join(' ')];
  });
}

/** Collects what is said, with pauses and a little noise. */
export class Recording {
  readonly #pieces: Int16Array[] = [];
  readonly said: Said[] = [];
  #length = 0;

  readonly #chance: () => number;

  constructor(chance: () => number) {
    this.#chance = chance;
  }

  pause(fromMs: number, toMs: number): void {
    this.#push(new Int16Array(Math.round((fromMs + this.#chance() * (toMs - fromMs)) * SAMPLES_PER_MS)));
  }

  /** A sentence whose words are known. */
  sentence({ samples, words }: SpokenSentence, text: string): void {
    const written = text.split(' ').filter((word) => /[\p{L}\p{N}]/u.test(word));
    if (written.length !== words.length)
      throw new Error(`festival says ${words.length} words for the ${written.length} of: ${text}`);
    for (const [index, { startSample, endSample }] of words.entries())
      this.said.push({
        text: written[index]!,
        startSample: this.#length + startSample,
        endSample: this.#length + endSample,
      });
    this.#push(samples);
  }

  /** A clip of which nothing but its text is known. */
  clip(samples: Int16Array, text: string): void {
    this.said.push({ text, startSample: this.#length, endSample: this.#length + samples.length });
    this.#push(samples);
  }

  #push(samples: Int16Array): void {
    this.#pieces.push(
      samples.map((sample) => Math.max(-32_768, Math.min(32_767, sample + Math.round(8 * (this.#chance() - 0.5))))),
    );
    this.#length += samples.length;
  }

  /** Writes it as WAV and gives its samples. */
  write(path: string): Int16Array {
    const all = new Int16Array(this.#length);
    let at = 0;
    for (const piece of this.#pieces) {
      all.set(piece, at);
      at += piece.length;
    }
    const head = Buffer.alloc(44);
    head.write('RIFF');
    head.writeUInt32LE(36 + all.byteLength, 4);
    head.write('WAVEfmt ', 8);
    for (const [place, value] of [
      [16, 16],
      [24, RATE_HZ],
      [28, 2 * RATE_HZ],
    ] as const)
      head.writeUInt32LE(value, place);
    for (const [place, value] of [
      [20, 1],
      [22, 1],
      [32, 2],
      [34, 16],
    ] as const)
      head.writeUInt16LE(value, place);
    head.write('data', 36);
    head.writeUInt32LE(all.byteLength, 40);
    writeFileSync(path, Buffer.concat([head, Buffer.from(all.buffer)]));
    return all;
  }
}

/** Samples of a file, decoded by another program than ours. */
export function samplesOf(path: string): Int16Array {
  const args = ['-v', 'error', '-i', path, '-f', 's16le', '-ac', '1', '-ar', String(RATE_HZ), '-'];
  const { status, stdout, stderr } = spawnSync('ffmpeg', args, { maxBuffer: 1e9 });
  if (status !== 0) throw new Error(`ffmpeg: ${stderr.toString()}`);
  return new Int16Array(Uint8Array.from(stdout).buffer);
}

/** Where a clip was cut out of a recording: it begins at most half a second before the word at `firstWord`. */
export function placeOf(clip: Int16Array, recording: Int16Array, firstWord: number): number {
  for (let start = Math.max(0, firstWord - 8000); start <= firstWord; start++) {
    let same = 0;
    while (same < clip.length && clip[same] === recording[start + same]) same++;
    if (same === clip.length) return start;
  }
  throw new Error(`A clip is nowhere in the recording near sample ${firstWord}.`);
}

/** Words as they are spoken, for comparing. */
export const sounds = (text: string, language: ReadingLanguage): string =>
  text
    .split(/\s+/)
    .flatMap((word) => spokenWords(word, language))
    .join(' ');
