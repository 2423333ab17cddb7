// Why a better text goes as far as it does in a window, in words for the user.

import type { Target } from './target.ts';

const UNREACHED = {
  'no-ibus': 'Accessibility cannot write to it, and ibus does not run.',
  'not-served':
    'Accessibility cannot write to it, and it takes no text from ibus, or you write with another input method.',
  'no-x11': 'Accessibility cannot write to it, and on Wayland it takes text from no other program.',
  'not-tried': 'Accessibility cannot write to it, and with ibus nobody tried programs of its kind.',
} as const;

/** The first of the things that decided, as `pin` looks at them. */
export function reasonOf(target: Omit<Target, 'window' | 'moves'>): string {
  const { settings, tier, isPassword, isTerminal, field, reached, unreached, x11, activation } = target;
  if (isPassword) return 'It is a password field: what is dictated goes in and is never replaced.';
  if (settings.tier !== undefined && settings.tier === tier) return `Your settings say so ("tier": "${tier}").`;
  if (tier === 'verified') return 'Accessibility reads the field and writes to it.';
  if (field !== undefined)
    return `Accessibility could write to it, but your settings say "tier": "${settings.tier ?? tier}".`;
  if (reached?.way === 'surrounding') return 'ibus runs, and the program tells the text around its caret.';
  if (reached !== undefined)
    return 'ibus runs; the program does not tell its text, so what is replaced is selected and compared first.';
  if (activation !== undefined && tier === 'input-method')
    return 'The program tells the text around its caret, and takes text from an input method, as which we replace what we put there.';
  if (activation !== undefined)
    return 'Accessibility cannot write to it. Text goes in once, as that of an input method, and stays.';
  if (x11 === undefined && (settings.insert ?? 'auto') === 'auto') return UNREACHED['no-x11'];
  if (isTerminal) return 'It is a terminal: nothing that stands there is replaced.';
  if (settings.tier === 'watched') return 'Pages change what is typed by themselves: "watched" is not for them.';
  if (settings.insert !== undefined && settings.insert !== 'auto')
    return `Your settings say how texts are inserted ("insert": "${settings.insert}").`;
  return unreached === undefined ? 'Nothing here can read what stands in it.' : UNREACHED[unreached];
}
