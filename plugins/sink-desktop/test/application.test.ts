import { expect, test } from 'vitest';
import { isBrowserNamed, isTerminalNamed } from '../src/pin/application.ts';

test.each([
  ['xterm', 'XTerm'],
  ['Alacritty', 'Alacritty'],
  ['ghostty', 'com.mitchellh.ghostty'],
  ['org.wezfurlong.wezterm', 'org.wezfurlong.wezterm'],
  ['dev.warp.Warp', 'dev.warp.Warp'],
  ['com.raggesilver.BlackBox', 'com.raggesilver.BlackBox'],
  ['org.gnome.Console', 'org.gnome.Console'],
  ['io.elementary.terminal', 'Io.elementary.terminal'],
])('a window of the class %s, %s runs a shell', (...names) => {
  expect(isTerminalNamed(names)).toBe(true);
});

test.each([
  ['mousepad', 'Mousepad'],
  ['chromium', 'Chromium'],
  ['org.gnome.TextEditor', 'org.gnome.TextEditor'],
  ['code', 'Code'],
])('a window of the class %s, %s does not', (...names) => {
  expect(isTerminalNamed(names)).toBe(false);
});

test.each([
  ['Navigator', 'firefox-esr'],
  ['google-chrome', 'Google-chrome'],
  ['chromium', 'Chromium'],
  ['org.gnome.Epiphany', 'Epiphany'],
])('a window of the class %s, %s shows pages', (...names) => {
  expect(isBrowserNamed(names)).toBe(true);
});

test.each([
  ['mousepad', 'Mousepad'],
  ['chrome-remote-desktop', 'Chrome-remote-desktop'],
])('a window of the class %s, %s does not show pages', (...names) => {
  expect(isBrowserNamed(names)).toBe(false);
});
