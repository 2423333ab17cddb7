// How a desktop with windows and readable fields is written to.

import { fieldSink } from '@voiceinput/field';
import type { FieldSink } from '@voiceinput/field';
import type { Surroundings } from '@voiceinput/plugin-api';
import { forgetCaret, pin, pinCaret, surroundingsOf } from './pin/target.ts';
import type { Desk } from './pin/desk.ts';
import type { Target } from './pin/target.ts';
import { soon } from './pin/soon.ts';
import { reasonOf } from './pin/why.ts';
import { put } from './put.ts';

export type DesktopSink = FieldSink;

/** Who looks needs the input method as a dictation does, for a moment. */
const LOOKING = 'look';

/** Owns the parts of `desk`: `close` closes them. */
export function desktopSink(desk: Desk): DesktopSink {
  const { x11, seat } = desk;
  const sink = fieldSink<Target>({
    pin: (signal) => pin(desk, signal),
    async beginning(target) {
      const surroundings = await surroundingsIn(desk, target, '');
      const { hybrid, words } = target.settings;
      return {
        app: target.app,
        ...(hybrid !== undefined && { hybrid }),
        ...(words !== undefined && { words }),
        ...(target.isPassword && { secret: true }),
        ...(surroundings && { surroundings }),
      };
    },
    async pinCaret({ field }, sessionId) {
      if (field !== undefined) await soon(pinCaret(field, sessionId));
    },
    surroundings: (target, sessionId) => surroundingsIn(desk, target, sessionId),
    put: (target, wish) => put(desk, target, wish),
    takesLineBreaks: ({ isTerminal, settings, field }) =>
      isTerminal ? settings.lineBreaks === true : !field?.traits.isSingleLine,
    wantsTrailingSpace: ({ settings }) => settings.trailingSpace === true,
    isSecret: ({ isPassword }) => isPassword,
    waitsForBetter: ({ tier, settings, isPassword }, { hybrid }) =>
      tier === 'offered' && settings.waitForRefined === true && hybrid && settings.hybrid !== false && !isPassword,
    forget({ field }, sessionId) {
      if (field === undefined) return;
      field.ledger.forget(sessionId);
      forgetCaret(field, sessionId);
    },
    async close() {
      await x11?.inputMethod.close();
      seat?.close();
      desk.accessibility.close();
      x11?.watch.close();
      await x11?.display.close();
    },
  });
  return {
    ...sink,
    async begin(info, signal) {
      x11?.inputMethod.enter(info.sessionId);
      seat?.enter(info.sessionId);
      return sink.begin(info, signal);
    },
    async look(signal) {
      x11?.inputMethod.enter(LOOKING);
      seat?.enter(LOOKING);
      try {
        const target = await pin(desk, signal);
        return target && { app: target.app, tier: target.tier, reason: reasonOf(target) };
      } finally {
        await x11?.inputMethod.leave(LOOKING);
        seat?.leave(LOOKING);
      }
    },
    async end(result, signal) {
      await sink.end(result, signal);
      await x11?.inputMethod.leave(result.sessionId);
      seat?.leave(result.sessionId);
    },
  };
}

async function surroundingsIn({ seat }: Desk, target: Target, sessionId: string): Promise<Surroundings | undefined> {
  // What a password field shows are not the words.
  if (target.isPassword) return { field: 'password' };
  if (target.isTerminal) return { field: 'terminal' };
  const { fieldKind, field, selection } = target;
  const known = target.activation === undefined ? surroundingsBefore(target) : seatSurroundings(seat, target);
  const read = await (field === undefined ? known : soon(surroundingsOf(field, sessionId, selection)));
  return fieldKind === undefined ? read : { ...read, field: fieldKind };
}

/** What stands before the caret, as far as the input method's client or the keys of the dictation tell. */
async function surroundingsBefore({ reached, window, x11 }: Target): Promise<Surroundings | undefined> {
  if (x11 === undefined) return undefined;
  const { inputMethod, watch } = x11;
  const told = reached && (await inputMethod.surroundings())?.text;
  const typed = reached && inputMethod.stretchIn(window.windowId)?.text;
  const before = told ?? (typed === '' ? undefined : typed) ?? watch.knownLine(window.windowId)?.textBefore;
  return before === undefined ? undefined : { before };
}

async function seatSurroundings(seat: Desk['seat'], { activation }: Target): Promise<Surroundings | undefined> {
  const before = activation === undefined ? undefined : await seat?.before(activation);
  return before === undefined ? undefined : { before };
}
