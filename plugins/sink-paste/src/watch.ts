// What is known of what the user does with keyboard and mouse while dictations come.

import { Line } from '@voiceinput/field';
import { isCommanded, isCommandingCode, isModifierCode, keyCodes } from '@voiceinput/desktop/portable';
import type { PortableDesktop, PortableEvent } from '@voiceinput/desktop/portable';
import { focusMoveOf, meaningOf } from './meaning.ts';

export interface Watch {
  /** Host time of the user's last key. */
  readonly lastKeyAtMs: number;
  /** Codes of the modifiers that the user holds. */
  readonly heldModifiers: readonly number[];
  /** How often something happened that may have moved the focus. */
  readonly moves: number;
  /** What it was the last time. */
  readonly lastMove: string;
  /** What is known of the text before the caret. Absent when it is over, or there was none. */
  readonly line: Line | undefined;
  /** Why the latest line is over. Absent when it is not, or there was none. */
  readonly lineEndedBy: string | undefined;
  /** A new line: what was before it is not known. */
  newLine(): Line;
  close(): void;
}

/** Buttons 4 and above are the wheel and its like. */
const LAST_CLICKING_BUTTON = 3;

const isHeldModifier = (code: number): boolean =>
  isCommandingCode(code) || code === keyCodes['Shift_L'] || code === keyCodes['Shift_R'];

/** Where hands come from, and what of ours is on its way. */
interface Hands extends Pick<PortableDesktop, 'input'> {
  readonly keys: Pick<PortableDesktop['keys'], 'isAwaited'>;
  readonly clipboard: Pick<PortableDesktop['clipboard'], 'isTaken'>;
}

export function openWatch({ input, keys, clipboard }: Hands): Watch {
  const held = new Set<number>();
  let line: Line | undefined;
  let lastKeyAtMs = Number.NEGATIVE_INFINITY;
  let moves = 0;
  let lastMove = '';

  function hear(event: PortableEvent): void {
    if (event.kind === 'button' && event.code <= LAST_CLICKING_BUTTON) moved('clicked');
    else if (event.kind === 'key' && !event.down) held.delete(event.code);
    else if (event.kind === 'key' && !event.own) hearPress(event);
  }

  function hearPress(event: PortableEvent): void {
    const { code, atMs } = event;
    if (isHeldModifier(code)) held.add(code);
    else if (!isCommanded(event)) forgetLostReleases();
    if (!isModifierCode(code)) lastKeyAtMs = atMs;
    const move = focusMoveOf(event);
    if (move !== undefined) moved(move);
    const meaning = meaningOf(event);
    // Nobody knows on which side of our own keys, or of a text that is being pasted, it came.
    if (meaning.kind !== 'nothing' && (keys.isAwaited || !clipboard.isTaken)) line?.cut('typed-between');
    line?.hear(meaning);
  }

  /** The system says that nothing is held with which a key would be a command. */
  function forgetLostReleases(): void {
    for (const code of held) if (isCommandingCode(code)) held.delete(code);
  }

  function moved(how: string): void {
    moves += 1;
    lastMove = how;
    line?.cut(how);
  }

  const end = input.watch(hear);
  return {
    get lastKeyAtMs() {
      return lastKeyAtMs;
    },
    get heldModifiers() {
      return [...held];
    },
    get moves() {
      return moves;
    },
    get lastMove() {
      return lastMove;
    },
    get line() {
      return line?.endedBy === undefined ? line : undefined;
    },
    get lineEndedBy() {
      return line?.endedBy;
    },
    newLine() {
      line = new Line();
      return line;
    },
    close: end,
  };
}
