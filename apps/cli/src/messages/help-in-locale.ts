// Help in the language of the user's locale: what commands say of themselves is English, and told in translation.

import type { HelpConfiguration } from 'commander';
import { told } from './in-locale.ts';

/** What the library adds behind the description of an option. */
const ADDED = / \((?:choices|default): .*\)$/;

/** For the program, whose commands inherit it. */
export const helpInLocale: HelpConfiguration = {
  styleTitle: told,
  styleUsage: termsTold,
  styleSubcommandTerm: termsTold,
  styleCommandDescription: told,
  styleSubcommandDescription: told,
  styleArgumentDescription: described,
  styleOptionDescription: described,
};

function termsTold(terms: string): string {
  return terms.replaceAll(/\[(?:options|command)\]/g, told);
}

function described(text: string): string {
  const added = ADDED.exec(text)?.[0] ?? '';
  const own = text.slice(0, text.length - added.length);
  return `${told(own)}${added.replaceAll(/\b(?:choices|default):/g, told)}`;
}
