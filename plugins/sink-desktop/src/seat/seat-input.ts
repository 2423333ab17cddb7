// The input method of a Wayland seat, as dictations share it: there is one for all programs, so it is taken late and given back early.

import { openWaylandInput } from '@voiceinput/desktop/wayland';
import type { WaylandClient } from '@voiceinput/desktop/wayland';

export interface SeatInput {
  /** A dictation begins that may need it. */
  enter(sessionId: string): void;
  /** Takes it for the dictations that began. Absent: another program has it, or no window takes text. */
  take(): Promise<WaylandClient | undefined>;
  /** The dictation needs it no longer. */
  leave(sessionId: string): void;
  /** What stands before the caret. Absent: the field does not say, or another one takes text now. */
  before(activation: number): Promise<string | undefined>;
  /** Whether this field still takes text. */
  isThere(activation: number): boolean;
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
  const input = await openWaylandInput();
  if (input === undefined) return undefined;
  /** Dictations that need it, and what ends each if nobody else does. */
  const users = new Map<string, NodeJS.Timeout>();
  const isThere = (activation: number): boolean => input.client?.activation === activation;

  function leave(sessionId: string): void {
    clearTimeout(users.get(sessionId));
    if (users.delete(sessionId) && users.size === 0) input!.give();
  }

  return {
    enter: (sessionId) => void users.set(sessionId, setTimeout(() => leave(sessionId), MOST_MS).unref()),
    async take() {
      const client = await input.take();
      // Whoever dictates elsewhere still needs it.
      if (client === undefined && users.size <= 1) input.give();
      return client;
    },
    leave,
    async before(activation) {
      if (!isThere(activation)) return undefined;
      await input.refresh();
      return isThere(activation) ? input.client?.before : undefined;
    },
    isThere,
    get changedAtMs() {
      return input.changedAtMs;
    },
    insert: (activation, text) => isThere(activation) && input.insert(text),
    close() {
      for (const timer of users.values()) clearTimeout(timer);
      input.close();
    },
  };
}
