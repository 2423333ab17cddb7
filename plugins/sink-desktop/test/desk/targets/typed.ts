// Applications that are written to through our input method.

import type { Target } from './target.ts';
import { targets } from './index.ts';
import { pageTargets } from './pages.ts';

/** Accessibility would serve these first: they are pinned to the input method, by the names of their applications. */
const PINNED: Readonly<Record<string, string>> = {
  mousepad: 'mousepad',
  featherpad: 'featherpad',
  'LibreOffice Writer': 'soffice',
  KWrite: 'kwrite',
  'Qt 6 QPlainTextEdit': 'fieldsofqt',
  'Qt 6 QLineEdit': 'fieldsofqt',
};
const IN_CI: readonly string[] = ['mousepad', 'Chromium textarea', 'Firefox textarea'];

const typed = (target: Target): Target => ({
  ...target,
  tier: 'input-method',
  isInCi: IN_CI.includes(target.name),
  // There what is selected goes with the draft, as with a paste.
  moods: target.moods.filter((mood) => mood !== 'over'),
});

/** GTK and Qt undo a deletion and an insertion one by one: between them stands neither draft nor better text. */
const withoutUndo = (target: Target): Target => ({
  ...target,
  moods: target.moods.filter((mood) => mood !== 'undo'),
});

export const typedTargets: readonly Target[] = [
  ...pageTargets.map(typed),
  ...targets.filter(({ name }) => name in PINNED).map((target) => withoutUndo(typed(target))),
];
export const pinned: readonly string[] = [...new Set(Object.values(PINNED))];
