// How the seat of a compositor is found, and its input methods: one at a time.

import { setTimeout as pause } from 'node:timers/promises';
import { openWaylandWire } from './wire.ts';
import type { WaylandEvent, WaylandWire } from './wire.ts';

export interface WaylandSeat extends Pick<WaylandWire, 'send' | 'isOver' | 'close'> {
  /** Asks for the input method; what it tells is heard until another one is asked for. Gives its object. */
  inputMethod(hear: (event: WaylandEvent) => void): number;
}

const DISPLAY = 1;
const Request = { sync: 0, registry: 1, bind: 0, inputMethod: 0 } as const;
const SEAT = 'wl_seat';
const MANAGER = 'zwp_input_method_manager_v2';
const ANSWER_MS = 1_000;
const LOOK_EVERY_MS = 2;

/** Absent where the compositor lets no program be an input method, or there is none. */
export async function openWaylandSeat(): Promise<WaylandSeat | undefined> {
  const globals = new Map<string, number>();
  let isTold = false;
  let [registry, callback, input] = [0, 0, 0];
  let hearInput: (event: WaylandEvent) => void = () => undefined;

  function hear(event: WaylandEvent): void {
    const { object, opcode, body } = event;
    if (object === callback) isTold = true;
    else if (object === input) hearInput(event);
    else if (object === registry && opcode === 0) {
      const name = body.uint();
      globals.set(body.string(), name);
    }
  }

  // Whoever needs the compositor for something else says why it cannot be reached.
  const wire = await openWaylandWire(hear).catch(() => undefined);
  if (wire === undefined) return undefined;
  [registry, callback] = [wire.newId(), wire.newId()];
  wire.send([DISPLAY, Request.registry, registry], [DISPLAY, Request.sync, callback]);
  await until(() => isTold, ANSWER_MS);
  const [seatName, managerName] = [globals.get(SEAT), globals.get(MANAGER)];
  if (seatName === undefined || managerName === undefined) {
    wire.close();
    return undefined;
  }
  const [seat, manager] = [wire.newId(), wire.newId()];
  wire.send(
    [registry, Request.bind, seatName, SEAT, 1, seat],
    [registry, Request.bind, managerName, MANAGER, 1, manager],
  );
  return {
    send: (...requests) => wire.send(...requests),
    get isOver() {
      return wire.isOver;
    },
    close: () => wire.close(),
    inputMethod(listener) {
      hearInput = listener;
      input = wire.newId();
      wire.send([manager, Request.inputMethod, seat, input]);
      return input;
    },
  };
}

/** Whether `isThere` within so many milliseconds. */
export async function until(isThere: () => boolean, withinMs: number): Promise<boolean> {
  const untilMs = performance.now() + withinMs;
  while (!isThere() && performance.now() < untilMs) await pause(LOOK_EVERY_MS);
  return isThere();
}
