import { VoiceInputError } from '@voiceinput/plugin-api';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLane } from '../../src/schedule/lane.ts';
import type { Lane } from '../../src/schedule/lane.ts';
import { createTurns } from '../../src/schedule/turns.ts';
import { createProcesses, job, untilAborted } from './processes.ts';
import type { Answer, Process } from './processes.ts';

const IDLE_MS = 60_000;
const NAMES = ['fast', 'refine'] as const;

type Word = 'text' | 'heedful' | 'deaf';
type Opening = 'at once' | 'slow' | 'never' | 'fails';

/** What happened to a job or to somebody who waits for the lane. */
interface Wait {
  settled: number;
  readonly control: AbortController;
}

/** Two lanes of one engine as a host sees them, with processes that do as they are told. */
interface World {
  readonly lanes: readonly Lane[];
  readonly started: readonly (readonly Process[])[];
  readonly waits: Wait[];
  readonly sharesTurns: boolean;
  word: Word;
  opening: Opening;
  closed: boolean;
}

function createWorld(sharesTurns: boolean): World {
  const turns = createTurns();
  const answer: Answer = async ({ startSample }, signal) => {
    if (world.word === 'text') return { text: String(startSample) };
    return world.word === 'heedful' ? untilAborted(signal) : new Promise<never>(() => undefined);
  };
  const open = async (): Promise<void> => {
    if (world.opening === 'fails') throw new VoiceInputError('ERR_MODEL_OFFLINE', 'no network');
    if (world.opening === 'slow') await new Promise((resolve) => setTimeout(resolve, 2_000));
    if (world.opening === 'never') await new Promise<never>(() => undefined);
  };
  const rooms = NAMES.map((name) => {
    const { host, started } = createProcesses({ answers: [answer], open });
    const lane = createLane(
      name,
      {
        host,
        uses: { proposals: true },
        ...(sharesTurns && { turns }),
        idleUnloadMs: IDLE_MS,
        ready: () => undefined,
        died: () => undefined,
        unloaded: () => undefined,
      },
      { lazy: true },
    );
    return { lane, started };
  });
  const world: World = {
    lanes: rooms.map(({ lane }) => lane),
    started: rooms.map(({ started }) => started),
    waits: [],
    sharesTurns,
    word: 'text',
    opening: 'at once',
    closed: false,
  };
  return world;
}

function waitFor(world: World, work: (signal: AbortSignal) => Promise<unknown>): void {
  const wait: Wait = { settled: 0, control: new AbortController() };
  const settle = (): void => void (wait.settled += 1);
  world.waits.push(wait);
  work(wait.control.signal).then(settle, settle);
}

/** What must be true whenever nothing moves. */
function check(world: World): void {
  for (const [index, lane] of world.lanes.entries()) {
    const living = world.started[index]!.filter(({ end }) => end === undefined);
    expect(living.length).toBeLessThanOrEqual(1);
    for (const process of living) expect(process.running).toBeLessThanOrEqual(1);
    if (world.closed) expect(living).toEqual([]);
    if (lane.pid !== undefined) expect(living).toHaveLength(1);
  }
  const working = world.started.flat().filter(({ end, running }) => end === undefined && running > 0);
  if (world.sharesTurns) expect(working.length).toBeLessThanOrEqual(1);
  for (const { settled, control } of world.waits) {
    expect(settled).toBeLessThanOrEqual(1);
    if (control.signal.aborted || world.closed) expect(settled).toBe(1);
  }
}

/** With processes that work again nothing waits for ever. */
async function recover(world: World): Promise<void> {
  [world.word, world.opening] = ['text', 'at once'];
  for (const process of world.started.flat()) process.crash();
  await vi.advanceTimersByTimeAsync(0);
  for (const { settled } of world.waits) expect(settled).toBe(1);
}

type Model = Record<string, never>;

function commandOf(name: string, run: (world: World) => void | Promise<void>): fc.AsyncCommand<Model, World> {
  return {
    check: () => true,
    async run(_model, world) {
      await run(world);
      await vi.advanceTimersByTimeAsync(0);
      check(world);
    },
    toString: () => name,
  };
}

const which = fc.nat({ max: NAMES.length - 1 });
const commands = [
  fc
    .tuple(which, fc.boolean(), fc.boolean())
    .map(([lane, preemptible, background]) =>
      commandOf(
        `run in ${NAMES[lane]}${preemptible ? ', preemptible' : ''}${background ? ', background' : ''}`,
        (world) => waitFor(world, (signal) => world.lanes[lane]!.run(job(0, { preemptible, background }), signal)),
      ),
    ),
  which.map((lane) =>
    commandOf(`open ${NAMES[lane]}`, (world) => waitFor(world, (signal) => world.lanes[lane]!.opened(signal))),
  ),
  fc
    .nat({ max: 20 })
    .map((index) =>
      commandOf(`abort ${index}`, ({ waits }) =>
        waits[index % (waits.length || 1)]?.control.abort(new Error('enough')),
      ),
    ),
  which.map((lane) =>
    commandOf(`crash ${NAMES[lane]}`, ({ started }) => started[lane]!.find(({ end }) => end === undefined)?.crash()),
  ),
  fc
    .constantFrom<Word>('text', 'heedful', 'deaf')
    .map((word) => commandOf(`runners: ${word}`, (world) => void (world.word = word))),
  fc
    .constantFrom<Opening>('at once', 'slow', 'never', 'fails')
    .map((opening) => commandOf(`processes open: ${opening}`, (world) => void (world.opening = opening))),
  fc
    .constantFrom(1, 1_001, 2_001, 18_001, IDLE_MS)
    .map((ms) => commandOf(`${ms} ms go by`, async () => void (await vi.advanceTimersByTimeAsync(ms)))),
  fc.constant(
    commandOf('close', async (world) => {
      world.closed = true;
      await Promise.all(world.lanes.map((lane) => lane.close()));
    }),
  ),
];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('whatever comes in any order: every job settles once, no process is left, no two run where one may', async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.commands(commands, { maxCommands: 25 }), async (sharesTurns, ordered) => {
      vi.clearAllTimers();
      const world = createWorld(sharesTurns);
      await fc.asyncModelRun(() => ({ model: {}, real: world }), ordered);
      await recover(world);
      await Promise.all(world.lanes.map((lane) => lane.close()));
      world.closed = true;
      // What these processes still wait for themselves.
      await vi.advanceTimersByTimeAsync(2_000);
      check(world);
      expect(vi.getTimerCount()).toBe(0);
    }),
  );
});
