// How text gets into a window on Wayland as that of an input method, which hears no keys.

import { openWaylandSeat, until } from './seat.ts';
import type { WaylandSeat } from './seat.ts';
import { ToldInput } from './told.ts';
import type { AroundCaret } from './told.ts';

/** The field that takes text now. */
export interface WaylandClient {
  /** Another number whenever another field takes text. */
  readonly activation: number;
  readonly isTerminal: boolean;
  readonly isSecret: boolean;
  /** What stands around the caret. Absent: it does not say. */
  readonly around?: AroundCaret;
}

export interface WaylandInput {
  /** Becomes the input method of the seat. Absent: another program is, or no window takes text from one. */
  take(): Promise<WaylandClient | undefined>;
  /** Absent while none is taken, and when the field has gone. */
  readonly client: WaylandClient | undefined;
  /** Has the field tell what it did not tell yet, and waits for that a little. */
  refresh(): Promise<void>;
  /** Host time of the last change that the field told. */
  readonly changedAtMs: number;
  /** Puts text where the caret is. False when there is no field any more. */
  insert(text: string): boolean;
  /** In one step `remove`, which stands before the caret, goes and `insert` comes. False when there is no field any more, or one is too long. */
  replace(remove: string, insert: string): boolean;
  /** The seat is free for another input method. */
  give(): void;
  close(): void;
}

/** Of `zwp_input_method_v2`. */
const Request = { commitString: 0, deleteSurrounding: 2, commit: 3, destroy: 6 } as const;
/** Of `zwp_text_input_v3.content_purpose`: passwords and PINs. */
const SECRETS = [8, 9];
const TERMINAL = 13;
/** The longest text that one request holds, bytes; the protocol allows 4,000. */
const MOST_BYTES = 3_000;
/**
 * The program that has the focus answers within so long, if it takes text at all: on a busy machine late, and nothing else
 * tells it from one that never does.
 */
const TAKEN_MS = 2_000;
/** A field with nothing new answers nothing. */
const REFRESHED_MS = 40;

/** `hear` is told each change of what stands around the caret. Absent where the compositor lets no program be an input method, or there is none. */
export async function openWaylandInput(hear: () => void = () => undefined): Promise<WaylandInput | undefined> {
  const seat = await openWaylandSeat();
  return seat && inputOf(seat, hear);
}

function inputOf(seat: WaylandSeat, hear: () => void): WaylandInput {
  let input: { readonly id: number; readonly told: ToldInput } | undefined;
  let activations = 0;
  let changedAtMs = Number.NEGATIVE_INFINITY;

  function taken(): NonNullable<typeof input> {
    const told = new ToldInput(() => (activations += 1));
    const id = seat.inputMethod((event) => {
      if (!told.hear(event)) return;
      changedAtMs = performance.now();
      // Chromium tells the next change only after this.
      seat.send([id, Request.commit, told.serial]);
      hear();
    });
    return { id, told };
  }

  function clientNow(): WaylandClient | undefined {
    if (input === undefined || !input.told.now.isActive || seat.isOver) return undefined;
    const { activation, purpose, around } = input.told.now;
    const isTerminal = purpose === TERMINAL;
    return { activation, isTerminal, isSecret: SECRETS.includes(purpose), ...(around && { around }) };
  }

  function give(): void {
    if (input !== undefined) seat.send([input.id, Request.destroy]);
    input = undefined;
  }

  return {
    async take() {
      if (seat.isOver) return undefined;
      input ??= taken();
      const { told } = input;
      await until(() => told.isUnavailable || told.now.isActive, TAKEN_MS);
      if (told.isUnavailable) give();
      return clientNow();
    },
    async refresh() {
      if (input === undefined || clientNow() === undefined) return;
      const { id, told } = input;
      const { serial } = told;
      seat.send([id, Request.commit, serial]);
      await until(() => told.serial !== serial, REFRESHED_MS);
    },
    get client() {
      return clientNow();
    },
    get changedAtMs() {
      return changedAtMs;
    },
    insert(text) {
      if (input === undefined || clientNow() === undefined) return false;
      const { id, told } = input;
      const commit = [id, Request.commit, told.serial] as const;
      seat.send(...piecesOf(text).flatMap((piece) => [[id, Request.commitString, piece] as const, commit]));
      return true;
    },
    replace(remove, insert) {
      const removedBytes = Buffer.byteLength(remove);
      if (input === undefined || clientNow() === undefined) return false;
      if (removedBytes > MOST_BYTES || Buffer.byteLength(insert) > MOST_BYTES) return false;
      const { id, told } = input;
      seat.send(
        ...(removedBytes > 0 ? [[id, Request.deleteSurrounding, removedBytes, 0] as const] : []),
        ...(insert === '' ? [] : [[id, Request.commitString, insert] as const]),
        [id, Request.commit, told.serial],
      );
      return true;
    },
    give,
    close() {
      give();
      seat.close();
    },
  };
}

/** Pieces that fit into one request each, never cut inside a character. */
function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of text) {
    if (Buffer.byteLength(piece) + Buffer.byteLength(character) > MOST_BYTES) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}
