// How a desktop with windows and readable fields is written to.

import { fieldSink } from '@voiceinput/field';
import type { FieldSink } from '@voiceinput/field';
import type { Surroundings } from '@voiceinput/plugin-api';
import { forgetCaret, pin, pinCaret, surroundingsOf } from './pin/target.ts';
import type { Desk, Target } from './pin/target.ts';
import { put } from './put.ts';

export type DesktopSink = FieldSink;

/** Owns the parts of `desk`: `close` closes them. */
export function desktopSink(desk: Desk): DesktopSink {
  return fieldSink<Target>({
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
      if (field !== undefined) await pinCaret(field, sessionId);
    },
    surroundings: (target, sessionId) => surroundingsIn(desk, target, sessionId),
    put: (target, wish) => put(desk, target, wish),
    takesLineBreaks: ({ isTerminal, settings, field }) =>
      isTerminal ? settings.lineBreaks === true : !field?.traits.isSingleLine,
    wantsTrailingSpace: ({ settings }) => settings.trailingSpace === true,
    isSecret: ({ isPassword }) => isPassword,
    forget({ field }, sessionId) {
      if (field === undefined) return;
      field.ledger.forget(sessionId);
      forgetCaret(field, sessionId);
    },
    async close() {
      desk.accessibility.close();
      desk.watch.close();
      await desk.display.close();
    },
  });
}

async function surroundingsIn(desk: Desk, target: Target, sessionId: string): Promise<Surroundings | undefined> {
  // What a password field shows are not the words.
  if (target.isPassword) return { field: 'password' };
  if (target.isTerminal) return { field: 'terminal' };
  if (target.field !== undefined) return surroundingsOf(target.field, sessionId);
  const before = desk.watch.knownLine(target.window.windowId)?.textBefore;
  return before === undefined ? undefined : { before };
}
