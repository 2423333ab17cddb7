// Decides how a burst gets to a window: its text over the clipboard or typed, all its keys in one write.

import type { Display, Step as Stroke } from '@voiceinput/desktop';
import type { Watch } from '../watch/watch.ts';
import type { Burst, Planned } from './plan.ts';

export interface Sending {
  readonly display: Display;
  readonly watch: Watch;
  readonly windowId: number;
  readonly way: 'paste' | 'type';
  readonly signal: AbortSignal;
  /** What to do now: asked again just before the keys go out, for the user types on. */
  plan(): Planned;
}

/** `sent` holds what was done; else nothing was, for this reason. */
export type Sent =
  | { readonly kind: 'sent'; readonly burst: Burst }
  | { readonly kind: 'not-sent'; readonly reason: string }
  | { readonly kind: 'touched' };

/** Nothing goes out when, at the last moment, the window, the text or the keys held are not what they should be. */
export async function send(sending: Sending): Promise<Sent> {
  const { display, way, signal } = sending;
  const first = sending.plan();
  if (first.kind !== 'burst') return notSent(first);
  const { text } = first.burst;
  const mends = first.burst.left + first.burst.select > 0;
  if (way === 'type' && text !== '') {
    await display.keyboard.prepare(text, signal);
    if (mends && !isTypable(text, display)) return { kind: 'not-sent', reason: 'not-typable' };
  }
  if (way === 'type' || text === '') return strike(sending, text, mends);
  const sent: Sent[] = [];
  const taken = await display.clipboard.lend(text, async () => {
    sent.push(await strike(sending, text, mends));
  });
  const [result] = sent;
  return result === undefined || (result.kind === 'sent' && !taken)
    ? { kind: 'not-sent', reason: 'paste-not-taken' }
    : result;
}

async function strike(sending: Sending, text: string, mends: boolean): Promise<Sent> {
  const { display, watch, way, signal, windowId } = sending;
  if (mends) await watch.afterKey(signal);
  else if (watch.isModifierHeld) await display.keyboard.releaseModifiers();
  if ((await display.activeWindow())?.windowId !== windowId) return { kind: 'not-sent', reason: 'focus-changed' };
  const planned = sending.plan();
  if (planned.kind !== 'burst') return notSent(planned);
  if (planned.burst.text !== text) return { kind: 'not-sent', reason: 'changed-meanwhile' };
  if (mends && watch.isModifierHeld) return { kind: 'not-sent', reason: 'modifier-held' };
  const strokes = strokesOf(planned.burst, way);
  watch.expectOwn(
    strokes.reduce((sum, stroke) => sum + ('text' in stroke ? Array.from(stroke.text).length : (stroke.times ?? 1)), 0),
  );
  await display.keyboard.send(strokes, signal);
  return { kind: 'sent', burst: planned.burst };
}

function strokesOf({ left, select, text }: Burst, way: Sending['way']): readonly Stroke[] {
  const paste: Stroke = { key: 'Insert', shift: true };
  return [
    ...times({ key: 'Left' }, left),
    ...times({ key: 'Left', shift: true }, select),
    ...(text === '' ? times({ key: 'BackSpace' }, Math.min(select, 1)) : [way === 'type' ? { text } : paste]),
    ...times({ key: 'Right' }, left),
  ];
}

const times = (stroke: Extract<Stroke, { key: string }>, count: number): readonly Stroke[] =>
  count > 0 ? [{ ...stroke, times: count }] : [];

const isTypable = (text: string, { keyboard }: Display): boolean =>
  Array.from(text).every((character) => keyboard.keymap.strokeFor(character) !== undefined);

const notSent = (planned: Exclude<Planned, { kind: 'burst' }>): Sent =>
  planned.kind === 'touched' ? planned : { kind: 'not-sent', reason: planned.reason };
