// Decides which keys are sent for a stroke, and as what they will be heard.

import type { ExpectedKey } from './expected-keys.ts';
import { keyCodes } from './key-codes.ts';

/** A key so many times with modifiers, or a text. */
export type Stroke =
  | {
      readonly key: 'Left' | 'Right' | 'BackSpace' | 'Insert' | 'v';
      readonly times?: number;
      readonly with?: Modifier;
    }
  | { readonly text: string };

export type Modifier = 'shift' | 'control' | 'command';

/** Which keys put the clipboard into a field. */
export type PasteKeys = 'command-v' | 'control-v' | 'shift-insert';

/**
 * Of each platform. robotjs finds the letter on Windows only if the layout that it was started with has it; Insert is
 * on every keyboard.
 */
export const pasteKeysOf = (platform: NodeJS.Platform): PasteKeys =>
  platform === 'darwin' ? 'command-v' : platform === 'win32' ? 'shift-insert' : 'control-v';

export const pasteStrokes: Readonly<Record<PasteKeys, Stroke>> = {
  'command-v': { key: 'v', with: 'command' },
  'control-v': { key: 'v', with: 'control' },
  'shift-insert': { key: 'Insert', with: 'shift' },
};

const modifierCodes: Readonly<Record<Modifier, number>> = {
  shift: keyCodes['Shift_L']!,
  control: keyCodes['Control_L']!,
  command: keyCodes['Super_L']!,
};

/** How the keys of `strokes` are heard, in their order. */
export function heardOf(strokes: readonly Stroke[]): ExpectedKey[] {
  return strokes.flatMap((stroke) => {
    if ('text' in stroke) return Array.from(stroke.text).flatMap(() => tap('typed', 'shift'));
    const code = stroke.key === 'v' ? 'typed' : keyCodes[stroke.key]!;
    return Array.from({ length: stroke.times ?? 1 }).flatMap(() => tap(code, stroke.with));
  });
}

function tap(code: ExpectedKey['code'], modifier: Modifier | undefined): ExpectedKey[] {
  const held = modifier === undefined ? [] : [modifierCodes[modifier]];
  return [
    ...held.map((one) => ({ code: one, down: true, optional: true })),
    { code, down: true, optional: false },
    { code, down: false, optional: true },
    ...held.map((one) => ({ code: one, down: false, optional: true })),
  ];
}
