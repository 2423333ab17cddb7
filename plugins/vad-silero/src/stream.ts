// How frames of any size become marks of one window each.

import type { loadRuntime, openSession } from '@voiceinput/onnx';
import { createWorkQueue, SAMPLE_RATE_HZ } from '@voiceinput/plugin-api';
import type { Frame, Mark, VadStream } from '@voiceinput/plugin-api';

type Session = Awaited<ReturnType<typeof openSession>>;
type Runtime = Awaited<ReturnType<typeof loadRuntime>>;
type Feeds = Parameters<Session['run']>[0];

// The model's form: https://github.com/snakers4/silero-vad/blob/master/src/silero_vad/utils_vad.py
const WINDOW_SAMPLES = 512;
const CONTEXT_SAMPLES = 64;
const STATE_DIMS = [2, 1, 128];
const STATE_SIZE = 256;

/** One session's ear. Pushes are worked off one after the other. */
export class SileroStream implements VadStream {
  readonly #session: Session;
  readonly #feeds: Record<string, Feeds[string]>;
  /** The end of the window before, and the window itself, in which frames collect. */
  readonly #input = new Float32Array(CONTEXT_SAMPLES + WINDOW_SAMPLES);
  #filled = 0;
  #windowStart = 0;
  readonly #pushes = createWorkQueue();

  constructor(session: Session, { Tensor }: Runtime) {
    this.#session = session;
    this.#feeds = {
      input: new Tensor('float32', this.#input, [1, this.#input.length]),
      state: new Tensor('float32', new Float32Array(STATE_SIZE), STATE_DIMS),
      sr: new Tensor('int64', BigInt64Array.of(BigInt(SAMPLE_RATE_HZ)), []),
    };
  }

  push(frame: Frame, signal: AbortSignal): Promise<readonly Mark[]> {
    return this.#pushes.add(() => this.#take(frame, signal));
  }

  async close(): Promise<void> {
    await this.#pushes.drained();
  }

  async #take({ samples, startSample }: Frame, signal: AbortSignal): Promise<Mark[]> {
    signal.throwIfAborted();
    const marks: Mark[] = [];
    if (this.#filled === 0) this.#windowStart = startSample;
    for (let taken = 0; taken < samples.length;) {
      const count = Math.min(WINDOW_SAMPLES - this.#filled, samples.length - taken);
      this.#input.set(samples.subarray(taken, taken + count), CONTEXT_SAMPLES + this.#filled);
      this.#filled += count;
      taken += count;
      if (this.#filled === WINDOW_SAMPLES) marks.push(await this.#judge());
    }
    return marks;
  }

  async #judge(): Promise<Mark> {
    const { output, stateN } = await this.#session.run(this.#feeds);
    if (!output || !stateN) throw new Error('the model gives no output and stateN: it is not Silero');
    this.#feeds['state'] = stateN;
    this.#input.copyWithin(0, WINDOW_SAMPLES);
    this.#filled = 0;
    const startSample = this.#windowStart;
    this.#windowStart += WINDOW_SAMPLES;
    return { startSample, endSample: this.#windowStart, speechProbability: Number(output.data[0]) };
  }
}
