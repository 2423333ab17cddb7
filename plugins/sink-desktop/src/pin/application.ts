// Decides, by an application's names, what it is: how a better text may get into it.

import type { Tier } from '../options.ts';

/** Programs whose window runs a shell: a line break would run what was said. */
const TERMINALS = new Set(
  `alacritty aterm blackbox contour cool-retro-term deepin-terminal eterm foot ghostty gnome-terminal
  gnome-terminal-server guake hyper io.elementary.terminal kgx kitty konsole lxterminal mate-terminal mlterm
  org.gnome.console org.gnome.ptyxis pterm ptyxis qterminal rio roxterm rxvt sakura st st-256color tabby terminator
  terminology termite tilda tilix urxvt uxterm warp wezterm wezterm-gui xfce4-terminal xterm yakuake`.split(/\s+/),
);

/** Programs made of Chromium: Left and Shift+Left move by grapheme and a paste is done before the next key. */
const CHROMIUM = new Set(
  `chromium chromium-browser google-chrome google-chrome-beta google-chrome-unstable brave-browser microsoft-edge
  vivaldi-stable vivaldi opera code code-oss vscodium cursor slack discord element signal obsidian notion
  microsoft-teams teams-for-linux mattermost-desktop whatsapp-desktop logseq joplin`.split(/\s+/),
);

const isIn = (set: ReadonlySet<string>, names: readonly string[]): boolean =>
  names.some((name) => set.has(name.toLowerCase()));

export const isTerminalNamed = (names: readonly string[]): boolean => isIn(TERMINALS, names);

/**
 * The tier that was proven for an application without a field that can be read and written. What is not known is
 * offered: the meaning of keys there would be a guess.
 */
export const tierWithoutField = (names: readonly string[]): Tier => (isIn(CHROMIUM, names) ? 'watched' : 'offered');
