// Which keys bring a change into a window that cannot be read, and whether they went out as they should.

import { afterKey } from './after-key.ts';
import type { Burst, Line, Planned } from '@voiceinput/desktop/own';
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
  if (isMend(first.burst)) await afterKey(() => watch.lastKeyAtMs, signal);
  const planned = sending.plan();
  if (planned.kind !== 'burst') return planned;
  return strike(sending, planned.burst);
}

const isMend = ({ left, remove }: Burst): boolean => left + remove > 0;

async function strike({ desktop, watch, line, paste }: Sending, burst: Burst): Promise<Trouble | undefined> {
  const { keys, clipboard } = desktop;
  const way = wayFor(burst, desktop);
  if (way === undefined) return unknown('not-typable');
  const strokes = way === 'type' ? typing(burst) : pasting(burst, paste);
  if (keysIn(strokes) > MOST_KEYS && isMend(burst)) return unknown('too-far');
  if (isMend(burst) && watch.heldModifiers.length > 0) return unknown('modifier-held');
  // With another modifier a paste is a shortcut.
  for (const code of watch.heldModifiers) keys.letGo(code);
  if (way === 'paste') clipboard.lend(burst.text);
  keys.send(strokes);
  line.write(burst.steps);
  // They went out all the same, as where the system hides what is typed into a password field.
  if (!(await keys.heard())) line.cut('keys-not-heard');
  return isMend(burst) && line.endedBy === 'typed-between' ? unknown('typed-between') : undefined;
}

/**
 * What is mended is typed: one queue keeps it before the keys that return, while a paste comes when the application gets
 * to it. What is new is pasted, unless that would cost the user an image that cannot be given back.
 */
function wayFor(burst: Burst, { keys, clipboard }: Sending['desktop']): Way | undefined {
  const { text, left } = burst;
  const isTypable = keys.isTypable(text);
  const isPastable = clipboard.holds !== 'image';
  if (isMend(burst)) return isTypable ? 'type' : left === 0 && isPastable ? 'paste' : undefined;
  return isPastable ? 'paste' : isTypable ? 'type' : undefined;
}

/** Without Shift: a key of the user's that comes between would be another one with it. */
function typing({ left, remove, removed, text }: Burst): Stroke[] {
  // Backspace takes a mark from its letter; Delete takes what a caret steps over.
  const isPlain = Array.from(removed).length === remove;
  const going = isPlain
    ? [...times({ key: 'Left' }, left), ...times({ key: 'BackSpace' }, remove)]
    : [...times({ key: 'Left' }, left + remove), ...times({ key: 'Delete' }, remove)];
  return [...going, ...(text === '' ? [] : [{ text }]), ...times({ key: 'Right' }, left)];
}

const pasting = ({ remove }: Burst, paste: Stroke): Stroke[] => [
  ...times({ key: 'Left', with: 'shift' }, remove),
  paste,
];

const times = (stroke: Extract<Stroke, { key: string }>, count: number): readonly Stroke[] =>
  count > 0 ? [{ ...stroke, times: count }] : [];

const keysIn = (strokes: readonly Stroke[]): number =>
  strokes.reduce((sum, stroke) => sum + ('text' in stroke ? Array.from(stroke.text).length : (stroke.times ?? 1)), 0);
