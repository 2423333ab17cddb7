// What is known of what the user does with keyboard and mouse while dictations come.

import { setTimeout as pause } from 'node:timers/promises';
import type { Display, InputEvent, Keyboard, Keymap } from '@voiceinput/desktop';
import { Line } from '@voiceinput/field';
import { isCommanding, isModifier, isShift, mayMoveFocus, meaningOf } from './meaning.ts';

export interface Watch {
  /** Host time of the user's last key that is no modifier. */
  readonly lastKeyAtMs: number;
  /** Whether the user has not typed for a while, and holds no modifier. */
  readonly isPausing: boolean;
  /** How often something happened that may have moved the focus within a window: a click, Tab, or a key of browsers. */
  readonly moves: number;
  /** Host time of the user's last press of the space bar. */
  readonly lastSpaceAtMs: number;
  /** Whether the user holds a modifier: keys of ours would mean something else. */
  readonly isModifierHeld: boolean;
  /** What is known of the text before the caret of a window: a new line when there is none that is still known. */
  lineIn(windowId: number): Line;
  /** The line that is known now. Absent when it is in another window or over. */
  knownLine(windowId: number): Line | undefined;
  /** Why the latest line is over. Absent when it is not, or there was none. */
  readonly lineEndedBy: string | undefined;
  /** A new line: what was before it is not known. */
  newLine(windowId: number): Line;
  /** So many presses of ours will be seen. More of them are somebody else's. */
  expectOwn(presses: number): void;
  /** No more presses of ours will be seen: where some are missing, nobody knows what stands there now. */
  expectNoMore(): void;
  /** Waits until all presses of ours were seen that are expected. A key of the user's that came before the last of them ends the line. */
  untilOwnSeen(): Promise<void>;
  /** Waits, while the user types or holds a modifier, for a pause; for a few seconds at most. */
  untilPause(signal: AbortSignal): Promise<void>;
  close(): void;
}

interface Hands extends Pick<Display, 'input' | 'activeWindow' | 'isPointerOverNotice'> {
  readonly keyboard: Pick<Keyboard, 'down'> & { readonly keymap: Pick<Keymap, 'keysymsAt'> };
}

/** Whoever has not pressed a key for so long is not typing. */
const PAUSE_MS = 400;
/** Someone who never pauses is not waited for longer. */
const MOST_WAIT_MS = 4_000;
const LOOK_EVERY_MS = 2;
/** Keys that are not seen for so long were taken by somebody else. */
const SEEN_MS = 500;
const SPACE = 0x20;
/** Buttons 4 to 7 are the wheel. */
const isClick = ({ kind, down, code }: InputEvent): boolean => kind === 'button' && down && (code < 4 || code > 7);

export function openWatch({ input, keyboard, activeWindow, isPointerOverNotice }: Hands): Watch {
  const { keymap } = keyboard;
  const held = new Map<number, number>();
  let line: Line | undefined;
  let lineWindowId = 0;
  let expectedOwn = 0;
  let lastKeyAtMs = Number.NEGATIVE_INFINITY;
  let lastSpaceAtMs = Number.NEGATIVE_INFINITY;
  let moves = 0;

  function hear(event: InputEvent): void {
    if (isClick(event)) void hearClick();
    if (event.kind !== 'key') return;
    // The key that triggers dictations does nothing to a window.
    if (event.kept) return;
    const isShifted = [...held.values()].some(isShift);
    const keysyms = keymap.keysymsAt(event.code, isShifted);
    if (event.own) hearOwn(keysyms[0] ?? 0, event.down);
    else hearUser(event, keysyms);
  }

  /** A click on a notification, such as one that asks for the better text, does nothing to a window. */
  async function hearClick(): Promise<void> {
    const ended = line?.endedBy === undefined ? line : undefined;
    moves += 1;
    line?.cut('clicked');
    if (!(await isPointerOverNotice().catch(() => false))) return;
    moves -= 1;
    ended?.resume('clicked');
  }

  function hearOwn(keysym: number, down: boolean): void {
    if (!down || isModifier(keysym)) return;
    if (expectedOwn > 0) expectedOwn -= 1;
    else line?.cut('keys-of-a-program');
  }

  function hearUser({ code, down, atMs }: InputEvent, keysyms: readonly number[]): void {
    if (!down) return void held.delete(code);
    const [keysym = 0] = keysyms;
    if (isModifier(keysym)) held.set(code, keysym);
    else lastKeyAtMs = atMs;
    if (keysym === SPACE) lastSpaceAtMs = atMs;
    if (expectedOwn > 0 && !isModifier(keysym)) line?.cut('typed-between');
    const isCommanded = [...held.values()].some(isCommanding);
    if (mayMoveFocus(keysym, isCommanded)) moves += 1;
    const meanings = keysyms.map((one) => meaningOf(one, isCommanded));
    // Nobody tells when the user changes to another layout: what is a dead key in one of them may be one.
    const meaning = meanings.find(({ kind }) => kind === 'unknown') ?? meaningOf(keysym, isCommanded);
    line?.hear(meaning);
    if (meaning.kind !== 'nothing' && line?.endedBy === undefined) void checkFocus(line);
  }

  /** Keys that go to another window say nothing about this one. */
  async function checkFocus(counted: Line | undefined): Promise<void> {
    const windowId = lineWindowId;
    // A display that has gone has no windows; whoever writes next is told why.
    const active = await activeWindow().catch(() => undefined);
    if (active?.windowId !== windowId) counted?.cut('focus-changed');
  }

  function expectNoMore(): void {
    if (expectedOwn > 0) line?.cut('keys-not-seen');
    expectedOwn = 0;
  }

  /** As over a screen lock: the keyboard knows. */
  async function forgetLostReleases(): Promise<void> {
    if (held.size === 0) return;
    const down = await keyboard.down();
    for (const code of held.keys()) if (!down.has(code)) held.delete(code);
  }

  function newLine(windowId: number): Line {
    line?.cut('focus-changed');
    line = new Line();
    lineWindowId = windowId;
    return line;
  }

  const knownLine = (windowId: number): Line | undefined =>
    line !== undefined && lineWindowId === windowId && line.endedBy === undefined ? line : undefined;

  const isPausing = (): boolean => held.size === 0 && performance.now() - lastKeyAtMs >= PAUSE_MS;

  const end = input.watch(hear);
  return {
    get lastKeyAtMs() {
      return lastKeyAtMs;
    },
    get moves() {
      return moves;
    },
    get lastSpaceAtMs() {
      return lastSpaceAtMs;
    },
    get isPausing() {
      return isPausing();
    },
    get isModifierHeld() {
      return held.size > 0;
    },
    lineIn: (windowId) => knownLine(windowId) ?? newLine(windowId),
    knownLine,
    get lineEndedBy() {
      return line?.endedBy;
    },
    newLine,
    expectOwn: (presses) => void (expectedOwn += presses),
    expectNoMore,
    async untilOwnSeen() {
      const untilMs = performance.now() + SEEN_MS;
      const isWaiting = (): boolean => expectedOwn > 0 && performance.now() < untilMs;
      while (isWaiting()) await pause(LOOK_EVERY_MS);
      expectNoMore();
    },
    async untilPause(signal) {
      await forgetLostReleases();
      const untilMs = performance.now() + MOST_WAIT_MS;
      while (!isPausing() && performance.now() < untilMs) await pause(LOOK_EVERY_MS, undefined, { signal });
    },
    close: end,
  };
}
