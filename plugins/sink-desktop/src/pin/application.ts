// Decides, by an application's names, what it is: how a better text may get into it.

import type { Tier } from '../options.ts';

/** Programs whose window runs a shell: a line break would run what was said. */
const TERMINALS = new Set(
  `alacritty aterm blackbox contour cool-retro-term deepin-terminal eterm foot ghostty gnome-terminal
  gnome-terminal-server guake hyper io.elementary.terminal kgx kitty konsole lxterminal mate-terminal mlterm
  org.gnome.console org.gnome.ptyxis pterm ptyxis qterminal rio roxterm rxvt sakura st st-256color tabby terminator
  terminology termite tilda tilix urxvt uxterm warp wezterm wezterm-gui xfce4-terminal xterm yakuake`.split(/\s+/),
);

const isIn = (set: ReadonlySet<string>, names: readonly string[]): boolean =>
  names.some((name) => set.has(name.toLowerCase()));

export const isTerminalNamed = (names: readonly string[]): boolean => isIn(TERMINALS, names);

/**
 * The tier of an application without a field that can be read and written: what its keys do is not known, or was not
 * tried often enough, so a better text is only offered unless the user decides otherwise.
 */
export const tierWithoutField: Tier = 'offered';
