// How the rounds in real applications are told in docs/RELIABILITY.md.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** As plugins/sink-desktop/test/desk/record.ts writes it. */
interface Recorded {
  readonly target: string;
  readonly toolkit: string;
  readonly tier: string;
  readonly rounds: number;
  readonly broken: number;
  readonly applied: number;
  readonly offered: number;
  readonly lostCharacters: number;
  readonly idleMs?: Percentiles;
  readonly typingMs?: Percentiles;
  readonly seed: number;
}

interface Percentiles {
  readonly p50: number;
  readonly p95: number;
}

/** The section of what was recorded in `folder`. */
export function deskSection(folder: string): string {
  const recorded = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Recorded)
    .toSorted((a, b) => order(a) - order(b) || a.target.localeCompare(b.target));
  return [
    '## Texts replaced while a second user types',
    '',
    'A user with a keyboard of their own types at 50–150 ms a key before, inside and after the text, selects, deletes, clicks and goes to another window, while better texts arrive; what the application holds is read back from it. A better text is applied, or offered where it could not be put into its place safely. A round is broken when a character of the user is not where it was typed, a segment is neither draft nor refined, caret or selection moved, or a better text was only offered without need. The times are from the better text to the answer, p50 / p95; while the user types, and for 0.4 s after the last key, it waits for the moment right after a key or, where only keys are watched, for a pause.',
    '',
    '| target | toolkit | tier | rounds | broken | applied | offered | lost characters | ms when idle | ms while typing | seed |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...recorded.map((one) => row(one)),
    '',
    '`offered` means that the draft stays as it is, and that history, tray and launcher have the better text.',
  ].join('\n');
}

const order = ({ tier }: Recorded): number => ['verified', 'watched', 'offered'].indexOf(tier);

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
    one.seed,
  ];
  return `| ${cells.join(' | ')} |`;
}

const times = (taken: Percentiles | undefined): string => (taken === undefined ? '–' : `${taken.p50} / ${taken.p95}`);
