// What is written down about the rounds in one application, for docs/RELIABILITY.md; a run that was stopped goes on there.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RoundResult } from './round.ts';
import type { Target } from './targets/target.ts';

/** What came of the rounds of one target, as it is kept. */
export interface Recorded {
  readonly target: string;
  readonly toolkit: string;
  readonly tier: string;
  readonly rounds: number;
  readonly broken: number;
  readonly applied: number;
  readonly offered: number;
  readonly lostCharacters: number;
  /** How long each better text took that was applied, ms. */
  readonly idleMs: readonly number[];
  readonly typingMs: readonly number[];
  readonly seed: number;
  /** The day of the last round. */
  readonly when: string;
}

export interface Record {
  /** How many rounds with this seed were done before. */
  readonly done: number;
  add(result: RoundResult): void;
}

/** A file a target in the folder `VOICEINPUT_DESK_RECORD`; without one nothing is written. */
export function openRecord({ name, toolkit, tier }: Omit<Target, 'open'>, seed: number): Record {
  const folder = process.env['VOICEINPUT_DESK_RECORD'];
  if (folder === undefined) return { done: 0, add: () => undefined };
  const way = tier === 'input-method' ? '-ibus' : '';
  const path = join(folder, `${name.replaceAll(/[^\w-]+/g, '-')}${way}.json`);
  const before = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Recorded) : undefined;
  const nothing = { rounds: 0, broken: 0, applied: 0, offered: 0, lostCharacters: 0, idleMs: [], typingMs: [] };
  let told: Recorded =
    before?.seed === seed && before.tier === tier
      ? before
      : { target: name, toolkit, tier, ...nothing, seed, when: '' };
  mkdirSync(folder, { recursive: true });
  return {
    done: told.rounds,
    add({ broken, applied, offered, lostCharacters, idleMs, typingMs }) {
      told = {
        ...told,
        rounds: told.rounds + 1,
        broken: told.broken + (broken === undefined ? 0 : 1),
        applied: told.applied + applied,
        offered: told.offered + offered,
        lostCharacters: told.lostCharacters + lostCharacters,
        idleMs: [...told.idleMs, ...idleMs.map(Math.round)],
        typingMs: [...told.typingMs, ...typingMs.map(Math.round)],
        when: new Date().toISOString().slice(0, 10),
      };
      writeFileSync(path, `${JSON.stringify(told)}\n`);
    },
  };
}
