import { dictation, races, runRace } from '@voiceinput/testkit';
import type { OpenRacer, RaceAction, SimulatedField as Simulated } from '@voiceinput/testkit';
import { codePoints, rewriting } from '@voiceinput/field';
import type { Piece } from '@voiceinput/field';
import { describe, expect, test } from 'vitest';
import { change } from '../src/accessibility/write.ts';
import { reach } from './simulated-field.ts';

const count = Number(process.env['VOICEINPUT_PROPERTY_RUNS'] ?? 300);
const seed = Number(process.env['VOICEINPUT_PROPERTY_SEED'] ?? 12);
const waiting = { lastKeyAtMs: () => Number.NEGATIVE_INFINITY, signal: new AbortController().signal };

/** A dictation of one segment into a field that is reached through accessibility. */
const openRacer: OpenRacer = (simulated: Simulated, beforeCall) => {
  const field = reach(simulated, { unit: codePoints, beforeWriting: beforeCall });
  const told = dictation();
  let pieces: readonly Piece[] = [];
  const say = async (cause: 'draft' | 'refined', text: string): Promise<string> => {
    const next = rewriting(pieces, told.edit('one', cause, text), String)!;
    const { rewrites } = next;
    const outcome = await change(field, { sessionId: told.info.sessionId, segmentId: 'one', rewrites }, waiting);
    if (outcome !== 'done') return outcome;
    told.settle({ kind: 'applied', proof: 'verified' });
    ({ pieces } = next);
    return outcome;
  };
  return { draft: (text) => say('draft', text), refine: (text) => say('refined', text) };
};

const kinds: readonly (readonly [string, number, readonly RaceAction['do'][]])[] = [
  ['two keystrokes', 2, ['type']],
  ['three keystrokes', 3, ['type']],
  ['two deletions', 2, ['delete']],
  ['three keystrokes, deletions or selections', 3, ['type', 'delete', 'select']],
];

describe('between the calls of one replacement over the bus', () => {
  test.each(kinds)('%s lose nothing and leave no text half old, half new', async (_name, actions, does) => {
    const broken: string[] = [];
    for (const race of races({ seed, count, actions, kinds: does })) {
      const why = await runRace(race, openRacer);
      if (why !== undefined) broken.push(why);
    }
    expect({ broken: broken.length, first: broken.slice(0, 2) }).toEqual({ broken: 0, first: [] });
  });
});
