// By an application's names: what it is: how a better text may get into it.

import type { Tier } from '../options.ts';

/** Programs whose window runs a shell: a line break would run what was said. */
const TERMINALS = new Set(
  `alacritty aterm blackbox console contour cool-retro-term cosmicterm deepin-terminal eterm foot ghostty gnome-terminal
  gnome-terminal-server guake hyper kgx kitty konsole lxterminal mate-terminal mlterm pterm ptyxis qterminal rio roxterm
  rxvt sakura st st-256color tabby terminal terminator terminology termite tilda tilix urxvt uxterm warp wave wezterm
  wezterm-gui xfce4-terminal xterm yakuake`.split(/\s+/),
);

/** Newer programs are named like `com.mitchellh.ghostty`. */
const lastWord = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

export const isTerminalNamed = (names: readonly string[]): boolean =>
  names.some((name) => TERMINALS.has(lastWord(name.toLowerCase())));

/** Programs in which arrow keys with Shift do not select the text before the caret, or what is typed does not replace it. */
const OTHER_KEYS = new Set(['emacs', 'gvim', 'vim', 'neovide', 'nvim-qt']);

/** Whether text is selected with Shift and an arrow and replaced by what comes next, as far as the names tell. */
export const selectsWithShift = (names: readonly string[]): boolean =>
  !isTerminalNamed(names) && !names.some((name) => OTHER_KEYS.has(lastWord(name.toLowerCase())));

/** Programs whose windows show pages, which change what is typed by themselves, wrap it and complete it. */
const BROWSERS =
  /^(?:firefox(?:-esr)?|navigator|librewolf|waterfox|chromium(?:-browser)?|google-chrome(?:-.*)?|chrome|brave(?:-browser)?|vivaldi(?:-.*)?|opera|microsoft-edge(?:-.*)?|epiphany|falkon|qutebrowser|midori)$/;

/** Whether a window shows pages, as far as the names of its application tell. */
export const isBrowserNamed = (names: readonly string[]): boolean =>
  names.some((name) => BROWSERS.test(lastWord(name.toLowerCase())));

/**
 * The tier of an application without a field that can be read and written: what its keys do is not known, or was not
 * tried often enough, so a better text is only offered unless the user decides otherwise.
 */
export const tierWithoutField: Tier = 'offered';
