import { setTimeout as sleep } from 'node:timers/promises';
import { emptyView, follow, viewAfter, viewOfStatus } from '@voiceinput/client';
import type { Client, View } from '@voiceinput/client';
import { isVoiceInputError } from '@voiceinput/plugin-api';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { voiceinput } from '../voiceinput/run.ts';
import { ownFolder, withModels } from '../voiceinput/scene.ts';
import { nowhere, startDaemon } from './daemon.ts';
import type { Daemon } from './daemon.ts';

withModels();
const CALLS = Number(process.env['VOICEINPUT_DOOR_CALLS'] ?? 60);
const SEED = Number(process.env['VOICEINPUT_PROPERTY_SEED'] ?? 1);

/** A door as tray and launcher are: a view that follows the daemon, and calls. */
interface Door {
  readonly name: string;
  view: View;
  client: Client | undefined;
  /** Numbers of all events that it heard of this daemon. */
  readonly heard: number[];
  losses: number;
  end(): Promise<void>;
}

function openDoor(name: string, { run }: Daemon): Door {
  const ending = new AbortController();
  const door: Door = { name, view: emptyView, client: undefined, heard: [], losses: 0, end };
  const over = follow(
    {
      client: name,
      folder: run,
      text: true,
      connected(client, status, anew) {
        if (anew) door.heard.length = 0;
        door.client = client;
        door.view = viewOfStatus(status, door.view);
      },
      lost() {
        door.losses += 1;
        door.client = undefined;
        door.view = { ...door.view, connected: false };
      },
      heard(event) {
        door.heard.push(event.seq);
        door.view = viewAfter(door.view, event);
      },
    },
    ending.signal,
  );
  async function end(): Promise<void> {
    ending.abort();
    await over;
  }
  return door;
}

const profile = { profile: 'default' };
/** What doors ask, by name. What the daemon refuses for a reason of its own is an answer too. */
const requests: Readonly<Record<string, (client: Client) => Promise<unknown>>> = {
  status: (client) => client.call('status', {}),
  start: (client) => client.call('start', { mode: 'toggle', sink: nowhere }),
  stop: (client) => client.call('stop', {}),
  toggle: (client) => client.call('toggle', { sink: nowhere }),
  cancel: (client) => client.call('cancel', {}),
  undo: (client) => client.call('undo', {}),
  draftOnly: (client) => client.call('set', { hybrid: false }),
  hybrid: (client) => client.call('set', { hybrid: true, ...profile }),
  unknownProfile: (client) => client.call('set', { profile: 'nobody' }),
  history: (client) => client.call('history/list', { limit: 5 }),
  forget: (client) => client.call('history/remove', { id: 'nobody' }),
  models: (client) => client.call('models/list', {}),
  commands: (client) => client.call('commands/list', {}),
  try: (client) => client.call('commands/run', { plugin: 'post-replacements', id: 'try', arguments: { text: 'x' } }),
};

/** Settles when the answer has come; throws when there is none, or one that nobody can understand. */
async function ask(door: Door, request: string): Promise<void> {
  if (door.client === undefined) return;
  try {
    await requests[request]!(door.client);
  } catch (error) {
    if (!isVoiceInputError(error) || error.code === 'ERR_INTERNAL') throw error;
  }
}

const gapless = ({ heard }: Door): boolean => heard.every((seq, index) => seq === heard[0]! + index);
/** Levels and times differ between the moments in which doors look. */
const shown = ({ view: { level: _level, ...view } }: Door): object => view;

async function allAgree(doors: readonly Door[], daemon: Daemon): Promise<void> {
  const [first, ...others] = doors;
  const client = await daemon.connect();
  await client.call('cancel', {});
  const isQuiet = async () => {
    const { state, transcribing } = await client.call('status', {});
    return { state, transcribing };
  };
  await expect.poll(isQuiet).toEqual({ state: 'idle', transcribing: [] });
  const { seq, hybrid } = await client.call('status', {});
  await expect.poll(() => doors.map(({ heard }) => (heard.at(-1) ?? 0) >= seq)).not.toContain(false);
  for (const door of others) expect(shown(door), door.name).toEqual(shown(first!));
  expect(first!.view).toMatchObject({ connected: true, hybrid, recording: undefined });
  for (const door of doors) expect(gapless(door), `${door.name} misses events`).toBe(true);
  client.close();
}

describe.skipIf(process.platform === 'win32')('doors of one daemon', () => {
  const folder = ownFolder();

  test(`see the same, whatever they ask at once, and come back when it is killed (${CALLS} calls, seed ${SEED})`, async () => {
    let daemon = await startDaemon({ folder });
    const doors = ['tray', 'launcher', 'script'].map((name) => openDoor(name, daemon));
    await expect.poll(() => doors.every(({ view }) => view.connected)).toBe(true);

    const call = fc.record({
      door: fc.nat({ max: doors.length - 1 }),
      request: fc.constantFrom(...Object.keys(requests)),
      pauseMs: fc.constantFrom(0, 0, 0, 5, 40, 200),
    });
    const calls = fc.sample(call, { numRuns: CALLS, seed: SEED });
    const kill = Math.floor(CALLS / 2);
    let waiting: Promise<void>[] = [];
    for (const [index, { door, request, pauseMs }] of calls.entries()) {
      waiting.push(ask(doors[door]!, request));
      if (pauseMs > 0) await sleep(pauseMs);
      if (index !== kill) continue;
      daemon.child.kill('SIGKILL');
      await daemon.ended;
      await Promise.all(waiting);
      waiting = [];
      await expect.poll(() => doors.map(({ view }) => view.connected)).not.toContain(true);
      expect(await voiceinput(['status'], { folder, env: daemon.env })).toMatchObject({ exitCode: 9 });
      daemon = await startDaemon({ folder });
      await expect.poll(() => doors.every(({ view }) => view.connected)).toBe(true);
    }
    await Promise.all(waiting);
    await allAgree(doors, daemon);
    expect(doors.map(({ losses }) => losses)).toEqual([1, 1, 1]);
    for (const door of doors) await door.end();
    daemon.child.kill('SIGTERM');
    expect((await daemon.ended).exitCode).toBe(0);
    await expect.poll(() => daemon.pids()).toEqual([]);
  }, 600_000);
});
