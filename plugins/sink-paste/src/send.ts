// Which keys bring a change into a window that cannot be read, and whether they went out as they should.

import { afterKey } from './after-key.ts';
import { isRepair, pressesOf, selectingKeys, typingKeys } from '@voiceinput/field';
import type { Burst, Keystroke, Line, Planned } from '@voiceinput/field';
import type { PortableDesktop, Stroke } from '@voiceinput/desktop/portable';
import type { Watch } from './watch.ts';

export interface Sending {
  readonly desktop: Pick<PortableDesktop, 'keys' | 'clipboard'>;
  readonly watch: Watch;
  readonly line: Line;
  readonly paste: Stroke;
  readonly signal: AbortSignal;
  /** What to do now: asked again just before the keys go out, for the user types on. */
  plan(): Planned;
}

/** Why nothing went out, or nobody knows whether it went where it should. Absent: all is well. */
export type Trouble = { readonly kind: 'touched' } | { readonly kind: 'unknown'; readonly reason: string };

type Way = 'paste' | 'type';

/** They go out one by one: the more, the likelier a key of the user's comes between. */
const MOST_KEYS = 150;

const unknown = (reason: string): Trouble => ({ kind: 'unknown', reason });

/** Writes the change into `line` when its keys went out. */
export async function send(sending: Sending): Promise<Trouble | undefined> {
  const { desktop, watch, signal } = sending;
  const first = sending.plan();
  if (first.kind !== 'burst') return first;
  await desktop.clipboard.taken(signal);
  if (isRepair(first.burst)) await afterKey(() => watch.lastKeyAtMs, signal);
  const planned = sending.plan();
  if (planned.kind !== 'burst') return planned;
  return sendKeys(sending, planned.burst);
}

async function sendKeys({ desktop, watch, line, paste }: Sending, burst: Burst): Promise<Trouble | undefined> {
  const { keys, clipboard } = desktop;
  const way = wayFor(burst, desktop);
  if (way === undefined) return unknown('not-typable');
  const strokes = way === 'type' ? typingKeys(burst).map(strokeOf) : [...selectingKeys(burst).map(strokeOf), paste];
  if (pressesOf(strokes) > MOST_KEYS && isRepair(burst)) return unknown('too-far');
  if (isRepair(burst) && watch.heldModifiers.length > 0) return unknown('modifier-held');
  // With another modifier a paste is a shortcut.
  for (const code of watch.heldModifiers) keys.letGo(code);
  if (way === 'paste') clipboard.lend(burst.text);
  keys.send(strokes);
  line.write(burst.steps);
  // They went out all the same, as where the system hides what is typed into a password field.
  if (!(await keys.heard())) line.cut('keys-not-heard');
  return isRepair(burst) && line.endedBy === 'typed-between' ? unknown('typed-between') : undefined;
}

/**
 * What is mended is typed: one queue keeps it before the keys that return, while a paste comes when the application gets
 * to it. What is new is pasted, unless that would cost the user an image that cannot be given back.
 */
function wayFor(burst: Burst, { keys, clipboard }: Sending['desktop']): Way | undefined {
  const { text, left } = burst;
  const isTypable = keys.isTypable(text);
  const isPastable = clipboard.holds !== 'image';
  if (isRepair(burst)) return isTypable ? 'type' : left === 0 && isPastable ? 'paste' : undefined;
  return isPastable ? 'paste' : isTypable ? 'type' : undefined;
}

function strokeOf(keystroke: Keystroke): Stroke {
  if ('text' in keystroke) return keystroke;
  const { shift, ...key } = keystroke;
  return shift === undefined ? key : { ...key, with: 'shift' };
}
