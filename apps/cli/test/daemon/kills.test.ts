import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execFileSync } from 'node:child_process';
import type { Client, DaemonEvent } from '@voiceinput/client';
import { openDisplay } from '@voiceinput/desktop';
import { missingForDisplay, openVirtualDisplay } from '@voiceinput/rig/display';
import type { VirtualDisplay } from '@voiceinput/rig/display';
import { missingPrograms } from '@voiceinput/rig/programs';
import { missingForSoundRig, openSoundRig } from '@voiceinput/rig/sound';
import type { SoundRig } from '@voiceinput/rig/sound';
import { describeUnless } from '@voiceinput/rig/unless';
import fc from 'fast-check';
import { never } from '@voiceinput/testkit';
import { expect, test } from 'vitest';
import { fixture, ownFolder, withModels } from '../voiceinput/scene.ts';
import { eventsOf, startDaemon } from './daemon.ts';
import type { Daemon } from './daemon.ts';
import { RIGHT_CONTROL } from './desk.ts';

withModels();
const ROUNDS = Number(process.env['VOICEINPUT_KILL_ROUNDS'] ?? 5);
const SEED = Number(process.env['VOICEINPUT_PROPERTY_SEED'] ?? 1);
/** What may be lost of the audio. */
const MOST_LOST_MS = 100;
const VICTIMS = ['daemon', 'fast', 'refine', 'recorder', 'sound server', 'display'] as const;
type Victim = (typeof VICTIMS)[number];

const missing = missingForSoundRig('parecord') ?? missingForDisplay() ?? missingPrograms('xdotool');

/** A daemon with a microphone and a key, as on a desktop. */
interface Place {
  readonly sound: SoundRig;
  readonly display: VirtualDisplay;
  readonly daemon: Daemon;
  readonly client: Client;
  readonly events: DaemonEvent[];
}

describeUnless(missing)('whatever is killed while a key is held', () => {
  const folder = ownFolder();

  async function open(sound?: SoundRig, display?: VirtualDisplay): Promise<Place> {
    const [rig, screen] = [sound ?? (await openSoundRig()), display ?? (await openVirtualDisplay())];
    const daemon = await startDaemon({
      folder,
      env: { ...rig.env, DISPLAY: screen.name },
      dictation: { key: 'Control_R', source: { use: 'source-microphone' }, sink: { use: 'sink-desktop' } },
    });
    const client = await daemon.connect();
    return { sound: rig, display: screen, daemon, client, events: await eventsOf(client) };
  }

  const key = (action: string, { display }: Place): Buffer =>
    execFileSync('xdotool', [action, RIGHT_CONTROL], { env: { ...process.env, DISPLAY: display.name } });

  async function kill(victim: Victim, place: Place): Promise<void> {
    const { daemon, sound, display, client } = place;
    if (victim === 'sound server') return sound.killServer();
    if (victim === 'display') return display.close();
    if (victim === 'daemon') return void daemon.child.kill('SIGKILL');
    const pid = victim === 'recorder' ? recorderOf(daemon) : await laneOf(victim, client);
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  }

  /** One dictation with a loss in the middle. Gives a place that is whole again. */
  async function round(victim: Victim, afterMs: number, place: Place): Promise<Place> {
    const { sound, display, daemon, client, events } = place;
    events.length = 0;
    key('keydown', place);
    await expect.poll(() => events.some(({ type }) => type === 'audio-started')).toBe(true);
    const startedAtMs = performance.now();
    const { sessionId } = events.find(({ type }) => type === 'session-started') as unknown as { sessionId: string };
    // Unheard when the sound server goes.
    const saying = sound.microphone.say(fixture('formats/s16.wav')).catch(() => undefined);
    await sleep(afterMs);
    const heardMs = performance.now() - startedAtMs;
    // On a busy machine the daemon's turn comes late; what it answers, it answers after what it heard.
    await client.call('status', {});
    await kill(victim, place);
    if (victim === 'daemon') await daemon.ended;
    if (victim !== 'display') {
      await sleep(victim === 'fast' || victim === 'refine' ? 800 : 50);
      key('keyup', place);
    } else if (events.every(({ type }) => type !== 'session-ended')) {
      await client.call('stop', {});
    }

    if (victim === 'daemon') {
      expect(await heldModifiers(display)).toBe(0);
      await expect.poll(() => daemon.pids()).toEqual([]);
      expect(keptMsOf(sessionId)).toBeGreaterThan(heardMs - MOST_LOST_MS);
      const next = await open(sound, display);
      const newest = async () => (await next.client.call('history/list', { limit: 1 })).entries[0];
      await expect.poll(newest).toMatchObject({ id: sessionId, mode: 'recovered' });
      await saying;
      return next;
    }
    const entry = await client.call('result', { sessionId });
    expect(entry.audioMs).toBeGreaterThan(heardMs - MOST_LOST_MS);
    const lost = { recorder: 'ERR_MICROPHONE_LOST', 'sound server': 'ERR_MICROPHONE_LOST' }[victim as string];
    expect(entry.error?.code).toBe(lost);
    await saying;
    if (victim !== 'sound server' && victim !== 'display') return place;
    await close(place);
    if (victim === 'sound server') await sound.close();
    return victim === 'display' ? open(sound) : open(undefined, display);
  }

  /** Nothing is left of the daemon but its discovery file and its sounds. */
  async function close({ daemon, client }: Place): Promise<void> {
    client.close();
    daemon.child.kill('SIGTERM');
    expect(await daemon.ended).toMatchObject({ exitCode: 0, stderr: expect.not.stringMatching(/^error/m) });
    await expect.poll(() => daemon.pids()).toEqual([]);
    expect(readdirSync(daemon.run)).toEqual(['cues', 'daemon.json']);
  }

  test(`costs at most ${MOST_LOST_MS} ms of audio, leaves nothing behind, and what was said is in the history (${ROUNDS} rounds, seed ${SEED})`, async () => {
    const rounds = fc.record({ victim: fc.constantFrom(...VICTIMS), afterMs: fc.integer({ min: 0, max: 1_500 }) });
    let place = await open();
    for (const [index, { victim, afterMs }] of fc.sample(rounds, { numRuns: ROUNDS, seed: SEED }).entries()) {
      try {
        place = await round(victim, afterMs, place);
      } catch (error) {
        throw new Error(`round ${index + 1}: ${victim} after ${afterMs} ms`, { cause: error });
      }
    }
    await close(place);
    await place.sound.close();
    await place.display.close();
  }, 7_200_000);

  const keptMsOf = (sessionId: string): number =>
    (statSync(join(folder, 'voiceinput', 'recordings', `${sessionId}.pcm`), { throwIfNoEntry: false })?.size ?? 0) / 32;
});

function recorderOf(daemon: Daemon): number | undefined {
  return daemon.pids().find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('parec'));
}

async function laneOf(lane: string, client: Client): Promise<number | undefined> {
  const { processes } = await client.call('status', {});
  return processes.find(({ name }) => name === lane)?.pid;
}

async function heldModifiers({ name }: VirtualDisplay): Promise<number> {
  const before = process.env['DISPLAY'];
  process.env['DISPLAY'] = name;
  const display = await openDisplay(never);
  if (before === undefined) delete process.env['DISPLAY'];
  else process.env['DISPLAY'] = before;
  const down = await display.keyboard.down();
  await display.close();
  return down.size;
}
