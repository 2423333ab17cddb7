import type { Transcript } from '@voiceinput/plugin-api';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { HostedRunner } from '../../src/host/hosted-runner.ts';
import { createLane } from '../../src/schedule/lane.ts';
import type { Job } from '../../src/schedule/lane.ts';

const IDLE_MS = 600_000;

type Answer = (clip: Job['clip'], signal: AbortSignal) => Promise<Transcript>;

/** Processes that answer as told, one list a process; `die` ends the newest one. */
function processes(...answers: Answer[]) {
  const started: { kill: () => void; die: () => void }[] = [];
  const host = async (): Promise<HostedRunner> => {
    const answer = answers[Math.min(started.length, answers.length - 1)]!;
    let alive = true;
    let end: (reason: VoiceInputError) => void = () => undefined;
    const died = new Promise<VoiceInputError>((resolve) => (end = resolve));
    const die = (): void => {
      alive = false;
      end(new VoiceInputError('ERR_LANE_DIED', 'gone'));
    };
    started.push({ kill: die, die });
    return {
      pid: started.length,
      model: `model-${started.length}`,
      get alive() {
        return alive;
      },
      died,
      kill: die,
      close: async () => die(),
      run: (clip, _hint, signal) =>
        Promise.race([
          answer(clip, signal),
          died.then((reason) => Promise.reject(reason)),
          new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
        ]),
    };
  };
  const unloaded: number[] = [];
  const lane = createLane('fast', {
    host,
    idleUnloadMs: IDLE_MS,
    ready: () => undefined,
    died: () => undefined,
    unloaded: ({ pid }) => void unloaded.push(pid),
  });
  return { lane, started, unloaded };
}

const job = (startSample: number, passing = false, patient = false): Job => ({
  clip: { samples: new Float32Array(16_000), startSample },
  hint: {},
  passing,
  patient,
});
const never = new AbortController().signal;
const echo: Answer = async ({ startSample }) => ({ text: String(startSample) });
const hang: Answer = () => new Promise(() => undefined);
const dying: Answer = () => Promise.reject(new VoiceInputError('ERR_LANE_DIED', 'gone'));

describe('a lane', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('reads one clip at a time, in the order in which they came', async () => {
    const order: number[] = [];
    let running = 0;
    const { lane } = processes(async ({ startSample }) => {
      expect((running += 1)).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 10 - startSample));
      running -= 1;
      order.push(startSample);
      return { text: '' };
    });
    const runs = [1, 2, 3].map((start) => lane.run(job(start), never));
    expect(lane.idle).toBe(false);
    await vi.runAllTimersAsync();
    await Promise.all(runs);
    expect(order).toEqual([1, 2, 3]);
    expect(lane.idle).toBe(true);
    expect(lane.model).toBe('model-1');
  });

  test('calls passing jobs off, running and waiting, when another one comes', async () => {
    const { lane } = processes((clip, signal) => (clip.startSample < 10 ? hang(clip, signal) : echo(clip, signal)));
    const passing = [lane.run(job(1, true), never), lane.run(job(2, true), never)].map((run) =>
      expect(run).rejects.toMatchObject({ code: 'ERR_ABORTED' }),
    );
    await vi.advanceTimersByTimeAsync(1);
    await expect(lane.run(job(10), never)).resolves.toEqual({ text: '10' });
    await Promise.all(passing);
  });

  test('lets all others pass a patient job that waits, and a patient one calls nothing off', async () => {
    const order: number[] = [];
    const { lane } = processes(async ({ startSample }) => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      order.push(startSample);
      return { text: '' };
    });
    const patient = [1, 2, 3].map((start) => lane.run(job(start, false, true), never));
    await vi.advanceTimersByTimeAsync(1);
    const others = [lane.run(job(11), never), lane.run(job(12), never)];
    await vi.runAllTimersAsync();
    const passing = lane.run(job(21, true), never);
    const late = lane.run(job(4, false, true), never);
    await vi.runAllTimersAsync();
    await Promise.all([...patient, ...others, passing, late]);
    expect(order).toEqual([1, 11, 12, 2, 3, 21, 4]);
  });

  test('starts a new process for a clip under which the first one died', async () => {
    const { lane, started } = processes(dying, echo);
    await lane.opened();
    const run = lane.run(job(7), never);
    started[0]!.die();
    await expect(run).resolves.toEqual({ text: '7' });
    expect(started).toHaveLength(2);
  });

  test('gives a clip up under which two processes died, and serves the next', async () => {
    const { lane, started } = processes(dying, dying, echo);
    await lane.opened();
    const run = lane.run(job(7), never);
    started[0]!.die();
    const failing = expect(run).rejects.toMatchObject({ code: 'ERR_LANE_DIED' });
    await vi.advanceTimersByTimeAsync(1);
    await failing;
    started[1]!.die();
    await expect(lane.run(job(8), never)).resolves.toEqual({ text: '8' });
  });

  test('kills a process that takes much longer than its clip warrants', async () => {
    const { lane, started } = processes(hang, echo);
    const failing = expect(lane.run(job(1), never)).rejects.toMatchObject({ code: 'ERR_LANE_TIMEOUT' });
    await vi.advanceTimersByTimeAsync(18_000);
    await failing;
    await expect(lane.run(job(2), never)).resolves.toEqual({ text: '2' });
    expect(started).toHaveLength(2);
  });

  test('leaves a clip that is called off, waiting or running', async () => {
    const { lane } = processes(hang, echo);
    const control = new AbortController();
    const runs = [1, 2].map((start) => expect(lane.run(job(start), control.signal)).rejects.toThrow('enough'));
    await vi.advanceTimersByTimeAsync(1);
    control.abort(new Error('enough'));
    await Promise.all(runs);
  });

  test('tries to open again after it could not', async () => {
    let tries = 0;
    const { lane: working } = processes(echo);
    await working.opened();
    const lane = createLane('fast', {
      host: async () => {
        tries += 1;
        throw new VoiceInputError('ERR_MODEL_OFFLINE', `try ${tries}`);
      },
      ready: () => undefined,
      died: () => undefined,
      unloaded: () => undefined,
    });
    await expect(lane.run(job(1), never)).rejects.toThrow('try 1');
    await expect(lane.run(job(2), never)).rejects.toThrow('try 2');
  });

  test('gives its memory back after a long rest, and is there again when it is needed', async () => {
    const { lane, started, unloaded } = processes(echo);
    await lane.run(job(1), never);
    await vi.advanceTimersByTimeAsync(IDLE_MS - 1);
    expect(unloaded).toEqual([]);
    await lane.run(job(2), never);
    await vi.advanceTimersByTimeAsync(IDLE_MS);
    expect(unloaded).toEqual([1]);
    await expect(lane.run(job(3), never)).resolves.toEqual({ text: '3' });
    expect(started).toHaveLength(2);
  });

  test('rejects what waits when it closes', async () => {
    const { lane } = processes(hang);
    const runs = [1, 2].map((start) =>
      expect(lane.run(job(start), never)).rejects.toMatchObject({ code: 'ERR_ABORTED' }),
    );
    await vi.advanceTimersByTimeAsync(1);
    await lane.close();
    await Promise.all(runs);
  });
});
