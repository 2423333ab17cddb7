// The input method of a Wayland seat, as dictations share it: there is one for all programs, so it is taken late and given back early.

import { openWaylandInput } from '@voiceinput/desktop/wayland';
import type { AroundCaret, WaylandClient } from '@voiceinput/desktop/wayland';
import { SeatField } from './seat-field.ts';

export interface SeatInput {
  /** A dictation begins that may need it. */
  enter(sessionId: string): void;
  /** Takes it for the dictations that began. Absent: another program has it, or no window takes text. */
  take(): Promise<WaylandClient | undefined>;
  /** The dictation needs it no longer. */
  leave(sessionId: string): void;
  /** What stands before the caret. Absent: the field does not say, or another one takes text now. */
  before(activation: number): Promise<string | undefined>;
  /** What the field told of the text around its caret. Absent: nothing, or another one takes text now. */
  around(activation: number): AroundCaret | undefined;
  /** The field tells anew all that it holds, once it did what it was asked before. False when it does not answer, or another one takes text now. */
  isAwake(activation: number): Promise<boolean>;
  /** Whether this field still takes text. */
  isThere(activation: number): boolean;
  /** The field takes text again, and is as it was left. False when that is not so. */
  isBack(activation: number): Promise<boolean>;
  /** What is followed in the field from now on. Absent when it does not tell its text. */
  field(activation: number): SeatField | undefined;
  /** Host time of the last change that the field told. */
  readonly changedAtMs: number;
  /** Puts text where the caret is. False when the field takes none any more. */
  insert(activation: number, text: string): boolean;
  close(): void;
}

/** Whoever dictates longer lets other input methods have it. */
const MOST_MS = 300_000;

/** Absent where the compositor lets no other program put text in. */
export async function openSeatInput(): Promise<SeatInput | undefined> {
  /** The field that is followed, by all numbers that it had. */
  let followed: { readonly field: SeatField; readonly activations: Set<number>; now: number } | undefined;
  const input = await openWaylandInput(() => {
    const { activation, around } = input?.client ?? {};
    if (around !== undefined && activation === followed?.now) followed?.field.hear(around);
  });
  if (input === undefined) return undefined;
  const { insert, replace, refresh } = input;
  /** Dictations that need it, and what ends each if nobody else does. */
  const users = new Map<string, NodeJS.Timeout>();
  const now = (activation: number): number => (followed?.activations.has(activation) ? followed.now : activation);
  const isThere = (activation: number): boolean => input.client?.activation === now(activation);
  const around = (activation: number): AroundCaret | undefined =>
    isThere(activation) ? input.client?.around : undefined;

  function leave(sessionId: string): void {
    clearTimeout(users.get(sessionId));
    if (users.delete(sessionId) && users.size === 0) input!.give();
  }

  async function take(): Promise<WaylandClient | undefined> {
    const client = await input!.take();
    // Whoever dictates elsewhere still needs it.
    if (client === undefined && users.size <= 1) input!.give();
    return client;
  }

  async function isBack(activation: number): Promise<boolean> {
    if (!followed?.activations.has(activation)) return false;
    const client = input!.client ?? (await take());
    if (client?.around === undefined || !followed.field.isAsLeft(client.around)) return false;
    followed.activations.add((followed.now = client.activation));
    return true;
  }

  return {
    enter: (sessionId) => void users.set(sessionId, setTimeout(() => leave(sessionId), MOST_MS).unref()),
    take,
    leave,
    async before(activation) {
      if (!isThere(activation)) return undefined;
      await refresh();
      return around(activation)?.before;
    },
    around,
    async isAwake(activation) {
      if (followed === undefined || !isThere(activation)) return isBack(activation);
      // A new input method is told everything, by a program that answers.
      input.give();
      const client = await input.take();
      if (client?.around === undefined) return false;
      followed.activations.add((followed.now = client.activation));
      if (!followed.field.isAsLeft(client.around)) followed.field.hear(client.around);
      return true;
    },
    isThere,
    isBack,
    field(activation) {
      const told = around(activation);
      if (told === undefined || followed?.activations.has(activation)) return told && followed?.field;
      const port = { refresh, replace, around: () => around(activation) };
      followed = { field: new SeatField(port, told), activations: new Set([activation]), now: activation };
      return followed.field;
    },
    get changedAtMs() {
      return input.changedAtMs;
    },
    insert: (activation, text) => isThere(activation) && insert(text),
    close() {
      for (const timer of users.values()) clearTimeout(timer);
      input.close();
    },
  };
}
