// How the user's key is written: alone as X11 names it, such as `Control_R`, or with modifiers, such as `Control+Alt+J`.

import { nearestOf, VoiceInputError } from '@voiceinput/plugin-api';
import { buttonOf } from './button.ts';
import { isDeadKey, isModifierName, isPrintable, namedKeys, otherKeys } from './keysym.ts';

export const modifiers = ['Control', 'Alt', 'Shift', 'Super'] as const;
/** Either of its two keys. */
export type Modifier = (typeof modifiers)[number];

export interface Combination {
  /** Those that have to be held, and no others. Empty for a key alone. */
  readonly modifiers: ReadonlySet<Modifier>;
  /** One of `namedKeys`, `Space`, a letter or digit in lower case, or as X11 names it. */
  readonly key: string;
}

/** As other programs and systems call them. */
const otherNames: Readonly<Record<string, Modifier>> = {
  ctrl: 'Control',
  option: 'Alt',
  meta: 'Super',
  win: 'Super',
  cmd: 'Super',
};
const SPACE = 0x20;
const keyNames: readonly string[] = [...Object.keys(namedKeys), 'Space'];

/** Capitals do not matter. Throws `ERR_DESKTOP` when it names no key, or one that would be typed. */
export function readCombination(text: string): Combination {
  if (buttonOf(text) !== undefined) {
    throw new VoiceInputError('ERR_DESKTOP', `${text} is a button of the mouse, which can be a key on X11 only.`, {
      hint: 'Bind voiceinput toggle to it in the settings of the desktop, or take a key of the keyboard.',
    });
  }
  const names = text.split('+').map((name) => name.trim());
  const key = read(names.pop()!, keyOf, keyNames);
  const held = names.map((name) => read(name, modifierOf, modifiers));
  const combination = { key, modifiers: new Set(held) };
  if (isModifierName(key) && names.length > 0) {
    throw noKey(`"${text}" holds only modifiers: take one alone, or add another key.`);
  }
  if (isTyped(combination)) throw noKey(`"${text}" would be typed: it needs Control, Alt or Super.`);
  return combination;
}

/** The keysym that a key of the keyboard has, with no modifier. */
export const keysymOfKey = (key: string): number =>
  namedKeys[key] ?? (key === 'Space' ? SPACE : key.length === 1 ? key.codePointAt(0)! : otherKeys.get(key)!);

function read<T>(name: string, meaningOf: (name: string) => T | undefined, known: readonly string[]): T {
  const meaning = meaningOf(name);
  if (meaning === undefined) throw noKey(`Unknown key "${name}".`, nearestOf(name, known));
  return meaning;
}

function keyOf(name: string): string | undefined {
  if (/^[a-z\d]$/i.test(name)) return name.toLowerCase();
  // X11's own names are told apart by their capitals: `eacute` and `Eacute` are two keys.
  return (
    keyNames.find((known) => known.toLowerCase() === name.toLowerCase()) ?? (otherKeys.has(name) ? name : undefined)
  );
}

function modifierOf(name: string): Modifier | undefined {
  const lower = name.toLowerCase();
  return otherNames[lower] ?? modifiers.find((known) => known.toLowerCase() === lower);
}

function isTyped({ key, modifiers: held }: Combination): boolean {
  if (key in namedKeys || [...held].some((modifier) => modifier !== 'Shift')) return false;
  const keysym = keysymOfKey(key);
  return isPrintable(keysym) || isDeadKey(keysym);
}

function noKey(message: string, meant?: string): VoiceInputError {
  const hint =
    meant === undefined
      ? `Take one of ${Object.keys(namedKeys).join(', ')}, or a key with modifiers, such as Control+Alt+J.`
      : `Did you mean ${meant}?`;
  return new VoiceInputError('ERR_DESKTOP', message, { hint });
}
