// Which keys are sent for a stroke, and as what they will be heard.

import type { ExpectedKey } from './expected-keys.ts';
import { keyCodes } from './key-codes.ts';

/** A key so many times with modifiers, or a text. */
export type Stroke =
  | {
      readonly key: 'Left' | 'Right' | 'BackSpace' | 'Delete' | 'Insert' | 'v';
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

/** Where the characters that robotjs types on X11 are on the keyboard. */
const PLACES = ['1234567890-', 'qwertyuiop', 'asdfghjkl;', 'zxcvbnm,./', ' '];
const FIRST_CODES = [0x02, 0x10, 0x1e, 0x2c, 0x39];
const placeCodes = new Map(
  PLACES.flatMap((row, index) =>
    Array.from(row, (character, column) => [character, FIRST_CODES[index]! + column] as const),
  ),
);

/** As which key a typed character is told: macOS says A for all that have no key, Windows tells none. */
function typedCode(character: string, platform: NodeJS.Platform): ExpectedKey['code'] {
  if (platform === 'darwin') return placeCodes.get('a')!;
  if (platform === 'win32') return 0;
  return placeCodes.get(character.toLowerCase()) ?? 'typed';
}

/** Where the letter is that pastes: elsewhere than on X11 it goes by the layout. */
const pasteLetterCode = (platform: NodeJS.Platform): ExpectedKey['code'] =>
  platform === 'linux' ? placeCodes.get('v')! : 'typed';

/** How the keys of `strokes` are heard, in their order. */
export function heardOf(strokes: readonly Stroke[], platform: NodeJS.Platform = process.platform): ExpectedKey[] {
  return strokes.flatMap((stroke) => {
    if ('text' in stroke) return Array.from(stroke.text).flatMap((one) => tap(typedCode(one, platform), 'shift'));
    const code = stroke.key === 'v' ? pasteLetterCode(platform) : keyCodes[stroke.key]!;
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
