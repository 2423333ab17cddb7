// How the rounds in real applications are told in docs/RELIABILITY.md.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Recorded } from '../../plugins/sink-desktop/test/desk/record.ts';

/** The section of what was recorded in `folder`. */
export function deskSection(folder: string): string {
  const recorded = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Recorded)
    .toSorted((a, b) => order(a) - order(b) || a.target.localeCompare(b.target));
  return [
    '## Texts replaced while a second user types',
    '',
    'A user with a keyboard of their own types at 50–150 ms a key before, inside and after the text, through the moment in which the draft comes, over a selection; selects, deletes, clicks, goes to another window, undoes, or asks for the better text; the application stands still for up to 2 s. The text is read from the file that the application saves, from the page or the program itself (mousepad, zenity, featherpad, GNOME Text Editor on X11: through accessibility, by another connection; zenity on Wayland: copied out of it). A better text is applied, or offered where it could not be put into its place safely. A round is broken when a character of the user is not where it was typed, a text is not what was told to stand, caret or selection moved, what was copied is not there any more, or a better text was only offered without need. The times are from the better text to the answer, p50 / p95; while the user types, and for 0.4 s after the last key, it waits for the moment right after a key or, where only keys are watched, for a pause.',
    '',
    '| target | toolkit | tier | rounds | broken | applied | offered | lost characters | ms when idle | ms while typing | when, seed |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...recorded.map((one) => row(one)),
    '',
    '`offered` means that the draft stays as it is, and that history, tray and launcher have the better text.',
    '',
    readFileSync(join(folder, 'earlier.md'), 'utf8').trim(),
  ].join('\n');
}

const order = ({ tier }: Recorded): number => ['verified', 'input-method', 'watched', 'offered'].indexOf(tier);

function row(one: Recorded): string {
  const cells = [
    one.target,
    one.toolkit,
    // No application is watched unless the user chooses it.
    one.tier === 'watched' ? '`watched` where chosen, else `offered`' : `\`${one.tier}\``,
    one.rounds,
    one.broken === 0 ? 0 : `**${one.broken}**`,
    one.applied,
    one.offered,
    one.lostCharacters,
    times(one.idleMs),
    times(one.typingMs),
    `${one.when}, ${one.seed}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

function times(taken: readonly number[]): string {
  const sorted = taken.toSorted((a, b) => a - b);
  const at = (share: number): number | undefined => sorted[Math.ceil(share * sorted.length) - 1];
  return sorted.length === 0 ? '–' : `${at(0.5)} / ${at(0.95)}`;
}
