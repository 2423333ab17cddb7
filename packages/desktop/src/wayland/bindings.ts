// What binds the user's keys to commands in each compositor, as its configuration writes it.

import { readCombination } from '../keys/combination.ts';
import type { Combination, Modifier } from '../keys/combination.ts';
import { isModifierName } from '../keys/keysym.ts';
import type { Compositor } from './compositor.ts';
import { swayCommand } from './sway-keys.ts';
import type { KeyWord } from './sway-keys.ts';

/** Keys by their names, as the settings name them; an empty one is bound to nothing. */
export interface WantedKeys {
  readonly key: string;
  /** Whether the key is held while one speaks; else each press begins or ends. */
  readonly isHeld: boolean;
  /** Keys to speak with besides, each with the profile of what is said with it. */
  readonly moreKeys?: readonly { readonly key: string; readonly profile?: string }[];
  readonly undoKey: string;
  readonly pasteKey: string;
  /** How the program is called. */
  readonly command: string;
}

export interface KeyLines {
  /** What to do with the lines: a file they belong to, or where to go. */
  readonly where: string;
  readonly lines: readonly string[];
  /** Whether somebody tried them with this compositor. */
  readonly isTried: boolean;
}

/** One key and what it runs. */
interface Binding {
  readonly combination: Combination;
  /** What the daemon hears of by the compositor itself; absent where a program has to be run. */
  readonly word?: KeyWord;
  /** How a program is run for it. */
  readonly run: string;
  readonly at: 'press' | 'release';
}

/** The lines for `compositor`. Throws `ERR_DESKTOP` for a key that does not exist. */
export function keyLines(compositor: Compositor, wanted: WantedKeys): KeyLines {
  const { where, write, hasRelease, isTried } = WAYS[compositor];
  const bindings = bindingsOf(wanted, hasRelease);
  return { where, isTried, lines: bindings.map((binding) => write(binding)) };
}

function bindingsOf(wanted: WantedKeys, hasRelease: boolean): readonly Binding[] {
  const { key, isHeld, moreKeys = [], undoKey, pasteKey, command } = wanted;
  const bind = (name: string, word: KeyWord, at: Binding['at'] = 'press'): readonly Binding[] =>
    name === '' ? [] : [{ combination: readCombination(name), word, run: `${command} ${word}`, at }];
  const spoken = (name: string): readonly Binding[] =>
    isHeld && hasRelease ? [...bind(name, 'start'), ...bind(name, 'stop', 'release')] : bind(name, 'toggle');
  const more = moreKeys.flatMap(({ key: name, profile }) =>
    spoken(name).map((binding) => withProfile(binding, profile)),
  );
  // Text that is sent while a key is down would be typed with it.
  const at = hasRelease ? 'release' : 'press';
  return [...spoken(key), ...more, ...bind(undoKey, 'undo', at), ...bind(pasteKey, 'paste', at)];
}

/** What ends a dictation knows its profile already; what begins one is a command, for the compositor tells no more than a word. */
function withProfile(binding: Binding, profile: string | undefined): Binding {
  if (profile === undefined || binding.word === 'stop') return binding;
  const name = /^[\w.-]+$/.test(profile) ? profile : JSON.stringify(profile);
  const { word: _word, ...command } = binding;
  return { ...command, run: `${binding.run} --profile ${name}` };
}

interface Way {
  readonly where: string;
  readonly isTried: boolean;
  /** Whether a release can be bound, too: else a key can only be pressed to begin and to end. */
  readonly hasRelease: boolean;
  write(binding: Binding): string;
}

const LONG: Readonly<Record<Modifier, string>> = { Control: 'Ctrl', Alt: 'Alt', Shift: 'Shift', Super: 'Super' };
const SWAY: Readonly<Record<Modifier, string>> = { Control: 'Ctrl', Alt: 'Mod1', Shift: 'Shift', Super: 'Mod4' };
const names = ({ modifiers }: Combination, table: Readonly<Record<Modifier, string>>): readonly string[] =>
  [...modifiers].map((modifier) => table[modifier]);

/** A modifier that is pressed alone counts as held, too. */
function swayKey({ combination }: Binding): string {
  const { key } = combination;
  const own = isModifierName(key) ? SWAY[modifierOf(key)] : undefined;
  const held = new Set([...names(combination, SWAY), ...(own === undefined ? [] : [own])]);
  return [...held, keysymName(key)].join('+');
}

const modifierOf = (key: string): Modifier =>
  key.startsWith('Control')
    ? 'Control'
    : key.startsWith('Shift')
      ? 'Shift'
      : /^(?:Alt|Meta)/.test(key)
        ? 'Alt'
        : 'Super';

/** As keysyms are called. */
const keysymName = (key: string): string => (key === 'Space' ? 'space' : key);

const PORTAL = 'the daemon asks the desktop for the key of dictation by itself';

/** Where keys are chosen in a dialog; a modifier alone cannot be. */
function byName({ combination, run }: Binding): string {
  if (isModifierName(combination.key)) return `a key of your choice: ${run}`;
  return `${[...names(combination, LONG), combination.key].join('+')}: ${run}`;
}

const WAYS: Readonly<Record<Compositor, Way>> = {
  sway: {
    where: 'in ~/.config/sway/config',
    isTried: true,
    hasRelease: true,
    write: (binding) =>
      `bindsym ${binding.at === 'press' ? '--no-repeat' : '--release'} ${swayKey(binding)} ${binding.word === undefined ? `exec ${binding.run}` : swayCommand(binding.word)}`,
  },
  hyprland: {
    where: 'in ~/.config/hypr/hyprland.conf',
    isTried: false,
    hasRelease: true,
    write: ({ combination, run, at }) =>
      `${at === 'press' ? 'bind' : 'bindr'} = ${names(combination, LONG).join(' ').toUpperCase()}, ${keysymName(combination.key)}, exec, ${run}`,
  },
  river: {
    where: 'in ~/.config/river/init',
    isTried: false,
    hasRelease: true,
    write: ({ combination, run, at }) =>
      `riverctl map ${at === 'press' ? '' : '-release '}normal ${riverModifiers(combination)} ${keysymName(combination.key)} spawn '${run}'`,
  },
  niri: {
    where: 'in the section binds of ~/.config/niri/config.kdl',
    isTried: false,
    hasRelease: false,
    write: ({ combination, run }) =>
      `${[...names(combination, LONG), keysymName(combination.key)].join('+')} repeat=false { spawn ${run
        .split(' ')
        .map((word) => JSON.stringify(word))
        .join(' ')}; }`,
  },
  labwc: {
    where: 'in the section keyboard of ~/.config/labwc/rc.xml',
    isTried: false,
    hasRelease: true,
    write: ({ combination, run, at }) =>
      `<keybind key="${labwcKey(combination)}"${at === 'press' ? '' : ' onRelease="yes"'}><action name="Execute" command="${run}"/></keybind>`,
  },
  gnome: {
    where: `in Settings, Keyboard, Custom Shortcuts, one for each command; ${PORTAL} in GNOME 48 and later`,
    isTried: true,
    hasRelease: false,
    write: byName,
  },
  kde: {
    where: `in System Settings, Shortcuts, Add Command; ${PORTAL} in Plasma 5.27 and later`,
    isTried: false,
    hasRelease: false,
    write: byName,
  },
};

const riverModifiers = (combination: Combination): string =>
  names(combination, LONG).join('+').replace('Ctrl', 'Control') || 'None';

const LABWC: Readonly<Record<Modifier, string>> = { Control: 'C', Alt: 'A', Shift: 'S', Super: 'W' };
const labwcKey = (combination: Combination): string =>
  [...names(combination, LABWC), keysymName(combination.key)].join('-');
