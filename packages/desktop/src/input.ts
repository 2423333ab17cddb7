// What is heard of keyboard and mouse: every key of every device, and whether it was our own (XI2 raw events).

import type { XEvent, XInput } from 'x11';
import { ask } from './connection.ts';
import type { Connection } from './connection.ts';
import { isKept } from './keys/kept.ts';
import type { SentKeys } from './keys/sent.ts';

export interface InputEvent {
  readonly kind: 'key' | 'button';
  /** Whether it was sent through XTEST and not made at a device. */
  readonly own: boolean;
  /** Whether this process sent it. Remote desktops and keyboards on the screen send through XTEST too. */
  readonly ours: boolean;
  readonly down: boolean;
  /** A key that is down already: the keyboard repeats it. */
  readonly repeated: boolean;
  /** A key that this process keeps from applications. */
  readonly kept: boolean;
  /** Of the key; of the button its number. */
  readonly code: number;
  /** Host time at which the server had it; we may hear of it late. */
  readonly atMs: number;
}

export interface Input {
  /** Calls `listener` for every later event. Gives the function that ends it. */
  watch(listener: (event: InputEvent) => void): () => void;
  /** The keyboard says that a key is up whose release was never heard: its next press is no repetition. */
  missed(code: number): void;
}

/** https://www.x.org/releases/X11R7.7/doc/inputproto/XI2proto.txt, "Events". */
const RAW_KEY_PRESS = 13;
const RAW_KEY_RELEASE = 14;
const RAW_BUTTON_PRESS = 15;
const RAW_BUTTON_RELEASE = 16;
const SERVER_CLOCK_MS = 2 ** 32;
const EVENTS = ['RawKeyPress', 'RawKeyRelease', 'RawButtonPress', 'RawButtonRelease'];

/** `sent`: what this process sends there. */
export async function openInput({ client, root, name }: Connection, sent: SentKeys): Promise<Input> {
  const input = await ask<XInput>((answer) => client.require('xinput', answer));
  // Before 2.1 a grab of somebody else hides raw events.
  await ask<unknown>((answer) => input.XIQueryVersion(2, 2, answer));
  const own = xtestDevices(await ask<unknown>((answer) => input.XIQueryDevice(0, answer)));
  const listeners = new Set<(event: InputEvent) => void>();
  const down = new Set<number>();
  const keptDown = new Set<number>();

  const atMs = hostTimes();

  client.on('event', ({ evtype, detail = 0, sourceId = 0, time }: XEvent) => {
    if (evtype === undefined || evtype < RAW_KEY_PRESS || evtype > RAW_BUTTON_RELEASE) return;
    const kind = evtype <= RAW_KEY_RELEASE ? 'key' : 'button';
    const isDown = evtype === RAW_KEY_PRESS || evtype === RAW_BUTTON_PRESS;
    const repeated = kind === 'key' && isDown && down.has(detail);
    if (kind === 'key' && isDown && !repeated && isKept(name, detail, down)) keptDown.add(detail);
    const kept = kind === 'key' && keptDown.has(detail);
    if (kind === 'key' && isDown) down.add(detail);
    else if (kind === 'key') [down, keptDown].forEach((codes) => codes.delete(detail));
    const event = {
      kind,
      own: own.has(sourceId),
      ours: kind === 'key' && own.has(sourceId) && sent.take(detail, isDown),
      down: isDown,
      repeated,
      kept,
      code: detail,
      atMs: atMs(time),
    } as const;
    for (const listener of listeners) listener(event);
  });
  input.XISelectEvents(root, [{ deviceId: input.AllMasterDevices, mask: EVENTS }]);
  await client.sync();

  return {
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    missed: (code) => [down, keptDown].forEach((codes) => codes.delete(code)),
  };
}

/** The host time of a time of the server: what came with the least delay shows how far apart their clocks are. */
function hostTimes(): (serverMs: number) => number {
  let apartMs = Number.POSITIVE_INFINITY;
  return (serverMs) => {
    const nowMs = performance.now();
    const sinceMs = nowMs - serverMs;
    // Its clock starts anew after 49 days.
    apartMs = sinceMs - apartMs > SERVER_CLOCK_MS / 2 ? sinceMs : Math.min(apartMs, sinceMs);
    return Math.min(nowMs, serverMs + apartMs);
  };
}

/** Their names are fixed (Xext/xtest.c of the X server). */
function xtestDevices(answer: unknown): ReadonlySet<number> {
  const { devices = answer } = answer as { devices?: unknown };
  const all = devices as readonly { readonly deviceId: number; readonly name: string }[];
  return new Set(all.filter(({ name }) => name.includes('XTEST')).map(({ deviceId }) => deviceId));
}
