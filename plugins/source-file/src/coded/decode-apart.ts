// Decides how audio is decoded in a thread of its own, fed with bytes and watched.

import { Worker } from 'node:worker_threads';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type { ByteReader } from '../byte-reader.ts';
import { ForeignCoding } from './foreign-coding.ts';
import type { Answer, DecodeOrder, Demand } from './messages.ts';

/** A decoder that needs this long for half a second of audio hangs. */
const LONGEST_STEP_MS = 20_000;
const MOST_HEAP_MB = 256;

/** Audio at 16 000 Hz. Ends on abort; throws `ERR_AUDIO_…` after what could be decoded, or `ForeignCoding` at once. */
export async function* decodeApart(
  order: DecodeOrder,
  reader: ByteReader,
  signal: AbortSignal,
): AsyncGenerator<Float32Array> {
  if (signal.aborted) return;
  const thread = new DecoderThread(order, signal);
  try {
    for (;;) {
      let answer = await thread.ask({ type: 'next' });
      while (answer.type === 'feed') answer = await thread.ask({ type: 'bytes', bytes: await reader.next() });
      if (answer.type === 'end') return;
      if (answer.type === 'foreign') throw new ForeignCoding(answer.title);
      if (answer.type === 'failed') throw VoiceInputError.fromReport(answer.error);
      yield answer.samples;
    }
  } finally {
    await thread.end();
  }
}

class DecoderThread {
  readonly #worker: Worker;
  readonly #name: string;
  readonly #signal: AbortSignal;
  #settle: ((answer: Answer) => void) | undefined;
  #lastWord: Answer | undefined;
  readonly #stop = (): void => this.#say({ type: 'end' });

  constructor(order: DecodeOrder, signal: AbortSignal) {
    this.#name = order.name;
    this.#signal = signal;
    this.#worker = new Worker(new URL('./decoder-thread.js', import.meta.url), {
      workerData: order,
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
    });
    // Decoders print their complaints, which come as errors as well.
    this.#worker.stdout.resume();
    this.#worker.stderr.resume();
    this.#worker.on('message', (answer: Answer) => this.#settle?.(answer));
    this.#worker.on('error', (cause) => this.#fail(`broke its decoder (${cause.name}: ${cause.message})`));
    this.#worker.on('exit', (code) => this.#fail(`broke its decoder, which ended with code ${code}`));
    signal.addEventListener('abort', this.#stop, { once: true });
  }

  async ask(demand: Demand): Promise<Answer> {
    if (this.#lastWord) return this.#lastWord;
    const answer = new Promise<Answer>((resolve) => (this.#settle = resolve));
    this.#worker.postMessage(demand);
    const hanging = setTimeout(() => this.#fail('makes its decoder hang'), LONGEST_STEP_MS);
    try {
      return await answer;
    } finally {
      clearTimeout(hanging);
    }
  }

  async end(): Promise<void> {
    this.#signal.removeEventListener('abort', this.#stop);
    this.#stop();
    await this.#worker.terminate();
  }

  #fail(what: string): void {
    const error = new VoiceInputError('ERR_AUDIO_CORRUPT', `${this.#name} ${what}.`);
    this.#say({ type: 'failed', error: error.toJSON() });
  }

  #say(answer: Answer): void {
    this.#lastWord ??= answer;
    this.#settle?.(this.#lastWord);
  }
}
