// How audio is decoded in a thread of its own, fed with bytes and watched.

import { Worker } from 'node:worker_threads';
import { startDeadline, VoiceInputError } from '@voiceinput/plugin-api';
import type { ByteReader } from '../byte-reader.ts';
import { ForeignCoding } from './foreign-coding.ts';
import type { Answer, DecodeOrder, Demand } from './messages.ts';

/** A decoder that needs this long for half a second of audio hangs. */
const LONGEST_STEP_MS = 20_000;
const MOST_HEAP_MB = 256;
/** Starting a thread and its decoders costs more than decoding a short file; the next file may come at once. */
const REST_MS = 3_000;

/** Audio at 16 000 Hz. Ends on abort; throws `ERR_AUDIO_…` after what could be decoded, or `ForeignCoding` at once. */
export async function* decodeApart(
  order: DecodeOrder,
  reader: ByteReader,
  signal: AbortSignal,
): AsyncGenerator<Float32Array> {
  if (signal.aborted) return;
  const thread = DecoderThread.take(order, signal);
  try {
    for (;;) {
      let answer = await thread.ask({ type: 'next' });
      while (answer.type === 'feed') answer = await thread.ask({ type: 'bytes', bytes: await reader.next() });
      if (answer.type === 'end') return;
      if (answer.type === 'foreign') throw foreign(answer);
      if (answer.type === 'failed') throw VoiceInputError.fromReport(answer.error);
      yield answer.samples;
    }
  } finally {
    await thread.leave();
  }
}

function foreign({ title, otherwise, isReadable }: Extract<Answer, { type: 'foreign' }>): ForeignCoding {
  return new ForeignCoding(title, {
    isReadable,
    ...(otherwise ? { otherwise: VoiceInputError.fromReport(otherwise) } : {}),
  });
}

class DecoderThread {
  static #resting: DecoderThread | undefined;

  readonly #worker: Worker;
  #name = '';
  #settle: ((answer: Answer) => void) | undefined;
  /** The order was decoded to its end and the decoder is as good as new. */
  #isDone = false;
  /** What all further questions get once the thread is of no more use. */
  #lastWord: Answer | undefined;
  #signal: AbortSignal | undefined;
  #rest: NodeJS.Timeout | undefined;
  readonly #stop = (): void => this.#say({ type: 'end' });

  static take(order: DecodeOrder, signal: AbortSignal): DecoderThread {
    const thread = DecoderThread.#resting ?? new DecoderThread();
    DecoderThread.#resting = undefined;
    thread.#open(order, signal);
    return thread;
  }

  constructor() {
    this.#worker = new Worker(new URL(import.meta.resolve('#decoder-thread')), {
      execArgv: [],
      // Nothing that a decoder prints gets out; reading it here would keep the program from ending.
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
    });
    this.#worker.on('message', (answer: Answer) => this.#settle?.(answer));
    this.#worker.on('error', (cause) => this.#fail(`broke its decoder (${cause.name}: ${cause.message})`));
    this.#worker.on('exit', (code) => this.#fail(`broke its decoder, which ended with code ${code}`));
  }

  async ask(demand: Demand): Promise<Answer> {
    if (this.#lastWord) return this.#lastWord;
    const answered = new Promise<Answer>((resolve) => (this.#settle = resolve));
    this.#worker.postMessage(demand);
    const hanging = startDeadline(LONGEST_STEP_MS, () => this.#fail('makes its decoder hang'));
    try {
      const answer = await answered;
      this.#isDone = answer.type === 'end' || answer.type === 'foreign' || (answer.type === 'failed' && answer.sound);
      return answer;
    } finally {
      hanging.stop();
    }
  }

  /** Rests for a while when it can be used again, else ends. */
  async leave(): Promise<void> {
    this.#signal?.removeEventListener('abort', this.#stop);
    if (this.#isDone && !this.#lastWord && !DecoderThread.#resting) {
      DecoderThread.#resting = this;
      this.#worker.unref();
      this.#rest = setTimeout(() => void this.#end(), REST_MS).unref();
    } else await this.#end();
  }

  #open(order: DecodeOrder, signal: AbortSignal): void {
    clearTimeout(this.#rest);
    this.#name = order.name;
    this.#isDone = false;
    this.#signal = signal;
    signal.addEventListener('abort', this.#stop, { once: true });
    this.#worker.ref();
    this.#worker.postMessage({ type: 'open', order } satisfies Demand);
  }

  async #end(): Promise<void> {
    if (DecoderThread.#resting === this) DecoderThread.#resting = undefined;
    this.#stop();
    await this.#worker.terminate();
  }

  #fail(what: string): void {
    if (DecoderThread.#resting === this) DecoderThread.#resting = undefined;
    const error = new VoiceInputError('ERR_AUDIO_CORRUPT', `${this.#name} ${what}.`);
    this.#say({ type: 'failed', error: error.toJSON(), sound: false });
  }

  #say(answer: Answer): void {
    this.#lastWord ??= answer;
    this.#settle?.(this.#lastWord);
  }
}
