import { VoiceInputError } from '@voiceinput/plugin-api';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLane } from '../../src/schedule/lane.ts';
import { createProcesses, job, untilAborted } from './processes.ts';
import type { Answer, ProcessOptions } from './processes.ts';

const IDLE_MS = 600_000;
const never = new AbortController().signal;
const echo: Answer = async ({ startSample }) => ({ text: String(startSample) });
const heedful: Answer = (_, signal) => untilAborted(signal);
const deaf: Answer = () => new Promise(() => undefined);

function laneOf(options: ProcessOptions, { deadlineFactor = 1 } = {}) {
  const { host, started } = createProcesses(options);
  const [died, unloaded]: [number[], number[]] = [[], []];
  const lane = createLane('fast', {
    host,
    uses: { proposals: true, precedingText: true },
    idleUnloadMs: IDLE_MS,
    deadlineFactor,
    ready: () => undefined,
    died: ({ pid = 0 }) => void died.push(pid),
    unloaded: ({ pid = 0 }) => void unloaded.push(pid),
  });
  return { lane, started, died, unloaded };
}

const processes = (...answers: Answer[]) => laneOf({ answers });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a lane', () => {
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
    await vi.advanceTimersByTimeAsync(30);
    await Promise.all(runs);
    expect(order).toEqual([1, 2, 3]);
    expect(lane.idle).toBe(true);
    expect(lane.model).toBe('model-1');
    expect(lane.pid).toBe(1);
  });

  test('lets all others pass a background job that waits, and one that comes aborts nothing', async () => {
    const order: number[] = [];
    const { lane } = processes(async ({ startSample }) => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      order.push(startSample);
      return { text: '' };
    });
    const background = [1, 2, 3].map((start) => lane.run(job(start, { background: true }), never));
    await vi.advanceTimersByTimeAsync(1);
    const others = [lane.run(job(11), never), lane.run(job(12), never)];
    await vi.runAllTimersAsync();
    const preemptible = lane.run(job(21, { preemptible: true }), never);
    const late = lane.run(job(4, { background: true }), never);
    await vi.runAllTimersAsync();
    await Promise.all([...background, ...others, preemptible, late]);
    expect(order).toEqual([1, 11, 12, 2, 3, 21, 4]);
  });

  test.each([true, false])('gives a proposal only to a runner that takes some: %s', async (proposals) => {
    const { host } = createProcesses({
      answers: [async (_clip, _signal, hint) => ({ text: hint.proposal?.text ?? '' })],
    });
    const told = { ready: () => undefined, died: () => undefined, unloaded: () => undefined };
    const lane = createLane('refine', { host, ...told, uses: { proposals } });
    const hint = { proposal: { text: 'heard', tokens: [1], vocabulary: 'some' } };
    expect((await lane.run({ ...job(1), hint }, never)).text).toBe(proposals ? 'heard' : '');
  });

  test('tries to open again after it could not, and tells all that waited for it why', async () => {
    let tries = 0;
    const open = async (): Promise<void> => {
      tries += 1;
      throw new VoiceInputError('ERR_MODEL_OFFLINE', `try ${tries}`);
    };
    const { lane } = laneOf({ answers: [echo], open });
    const waiting = [lane.opened(never), lane.run(job(1), never), lane.run(job(2), never)];
    for (const one of waiting) await expect(one).rejects.toThrow('try 1');
    await expect(lane.run(job(2), never)).rejects.toThrow('try 2');
    await expect(lane.opened(never)).rejects.toThrow('try 3');
  });

  test('starts one process, however many need it after the last one died', async () => {
    const { lane, started } = processes(echo);
    await lane.opened(never);
    started[0]!.crash();
    await vi.advanceTimersByTimeAsync(0);
    await Promise.all([lane.opened(never), lane.run(job(1), never), lane.opened(never)]);
    expect(started).toHaveLength(2);
    await lane.close();
    expect(started.map(({ end }) => end)).toEqual(['crashed', 'closed']);
  });

  test('rejects what waits when it closes, and whatever comes later', async () => {
    const { lane, started } = processes(deaf);
    const aborted = expect.objectContaining({ code: 'ERR_ABORTED' }) as Error;
    const runs = [1, 2].map((start) => expect(lane.run(job(start), never)).rejects.toEqual(aborted));
    await vi.advanceTimersByTimeAsync(1);
    await lane.close();
    await Promise.all(runs);
    await expect(lane.run(job(3), never)).rejects.toEqual(aborted);
    await expect(lane.opened(never)).rejects.toEqual(aborted);
    expect(started).toHaveLength(1);
  });

  test('that closes while it opens ends what it opened', async () => {
    const { lane, started } = laneOf({ answers: [echo], open: () => new Promise(() => undefined) });
    const opening = expect(lane.opened(never)).rejects.toMatchObject({ code: 'ERR_ABORTED' });
    await lane.close();
    await opening;
    expect(started.map(({ end }) => end)).toEqual(['killed']);
  });
});

describe('a process that dies', () => {
  test('costs no clip: it is read in a new one', async () => {
    const { lane, started, died } = processes(deaf, echo);
    const run = lane.run(job(7), never);
    await vi.advanceTimersByTimeAsync(1);
    started[0]!.crash();
    await expect(run).resolves.toEqual({ text: '7' });
    expect(started).toHaveLength(2);
    expect(died).toEqual([1]);
  });

  test('twice under a clip costs that one, and the next is read', async () => {
    const { lane, started } = processes(deaf, deaf, echo);
    const failing = expect(lane.run(job(7), never)).rejects.toMatchObject({ code: 'ERR_LANE_DIED' });
    for (const index of [0, 1]) {
      await vi.advanceTimersByTimeAsync(1);
      started[index]!.crash();
    }
    await failing;
    await expect(lane.run(job(8), never)).resolves.toEqual({ text: '8' });
  });

  test('is killed when it takes much longer than its clip warrants', async () => {
    const { lane, started } = processes(deaf, echo);
    const failing = expect(lane.run(job(1), never)).rejects.toMatchObject({ code: 'ERR_LANE_TIMEOUT' });
    await vi.advanceTimersByTimeAsync(18_001);
    await failing;
    await expect(lane.run(job(2), never)).resolves.toEqual({ text: '2' });
    expect(started.map(({ end }) => end)).toEqual(['killed', undefined]);
  });

  test('is given more time where nobody is in a hurry', async () => {
    const slow: Answer = async () => {
      await new Promise((resolve) => setTimeout(resolve, 170_000));
      return { text: 'at last' };
    };
    const { lane } = laneOf({ answers: [slow] }, { deadlineFactor: 10 });
    const reading = lane.run(job(1), never);
    await vi.advanceTimersByTimeAsync(170_001);
    await expect(reading).resolves.toEqual({ text: 'at last' });
  });
});

describe('an abort', () => {
  test('rejects at once, whether the clip waits or runs', async () => {
    const { lane } = processes(deaf);
    const control = new AbortController();
    const runs = [1, 2].map((start) => expect(lane.run(job(start), control.signal)).rejects.toThrow('enough'));
    const other = lane.run(job(3), never);
    other.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(1);
    control.abort(new Error('enough'));
    await Promise.all(runs);
    await expect(lane.run(job(4), control.signal)).rejects.toThrow('enough');
  });

  test('rejects at once while the runner opens, which goes on', async () => {
    let isOpen = (): void => undefined;
    const open = (): Promise<void> => new Promise((resolve) => (isOpen = resolve));
    const { lane, started } = laneOf({ answers: [echo], open });
    const control = new AbortController();
    const waiting = [lane.run(job(1), control.signal), lane.opened(control.signal)].map((one) =>
      expect(one).rejects.toThrow('enough'),
    );
    control.abort(new Error('enough'));
    await Promise.all(waiting);
    isOpen();
    await expect(lane.run(job(2), never)).resolves.toEqual({ text: '2' });
    expect(started).toHaveLength(1);
  });

  test('of preemptible jobs, running and waiting, comes with the next one', async () => {
    const { lane } = processes((...given) => (given[0].startSample < 10 ? heedful : echo)(...given));
    const preempted = [1, 2].map((start) =>
      expect(lane.run(job(start, { preemptible: true }), never)).rejects.toMatchObject({ code: 'ERR_ABORTED' }),
    );
    await vi.advanceTimersByTimeAsync(1);
    await expect(lane.run(job(10), never)).resolves.toEqual({ text: '10' });
    await Promise.all(preempted);
  });

  test('costs a runner that does not heed it its process, and the next clip gets a new one', async () => {
    const { lane, started, died } = processes(deaf, echo);
    const control = new AbortController();
    const aborted = expect(lane.run(job(1), control.signal)).rejects.toThrow('enough');
    await vi.advanceTimersByTimeAsync(1);
    control.abort(new Error('enough'));
    await aborted;
    const next = lane.run(job(2), never);
    await vi.advanceTimersByTimeAsync(1_001);
    await expect(next).resolves.toEqual({ text: '2' });
    expect(started.map(({ end }) => end)).toEqual(['killed', undefined]);
    expect(died).toEqual([1]);
  });

  test('is waited for as long as a new process would take: a slow machine starts none for it', async () => {
    const slow: Answer = (_, signal) =>
      untilAborted(signal).catch(
        (error: unknown) => new Promise((_resolve, reject) => setTimeout(reject, 4_000, error)),
      );
    const open = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5_000));
    const { lane, started } = laneOf({ answers: [slow], open });
    await vi.advanceTimersByTimeAsync(5_000);
    for (const start of [1, 2, 3]) {
      const control = new AbortController();
      const aborted = expect(lane.run(job(start), control.signal)).rejects.toThrow('enough');
      await vi.advanceTimersByTimeAsync(1);
      control.abort(new Error('enough'));
      await aborted;
      await vi.advanceTimersByTimeAsync(4_001);
    }
    expect(started).toHaveLength(1);
    expect(started[0]!.end).toBeUndefined();
  });
});

describe('a lane gives its memory back after a long rest', () => {
  test('and is there again when it is needed', async () => {
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

  test('also when it never had a job, and when it was opened again without one', async () => {
    const { lane, unloaded } = processes(echo);
    await lane.opened(never);
    await vi.advanceTimersByTimeAsync(IDLE_MS);
    expect(unloaded).toEqual([1]);
    await lane.opened(never);
    await vi.advanceTimersByTimeAsync(IDLE_MS);
    expect(unloaded).toEqual([1, 2]);
  });

  test('which begins anew when somebody makes sure that it is open', async () => {
    const { lane, unloaded } = processes(echo);
    await lane.opened(never);
    await vi.advanceTimersByTimeAsync(IDLE_MS - 1);
    await lane.opened(never);
    await vi.advanceTimersByTimeAsync(IDLE_MS - 1);
    expect(unloaded).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(unloaded).toEqual([1]);
  });
});
