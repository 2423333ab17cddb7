import { races, runRace } from '@voiceinput/testkit';
import type { OpenRacer, RaceAction } from '@voiceinput/testkit';
import { codePoints, finish, Ledger, middleChange, place } from '@voiceinput/field';
import { describe, expect, test } from 'vitest';

const count = Number(process.env['VOICEINPUT_PROPERTY_RUNS'] ?? 2_000);
const seed = Number(process.env['VOICEINPUT_PROPERTY_SEED'] ?? 11);

/** A dictation of one segment, written with nothing between a ledger and the field. */
const openRacer: OpenRacer = (field, beforeCall) => {
  const ledger = new Ledger(codePoints);
  let text = '';
  field.told = (told) => ledger.hear(told.kind === 'insert' && isEarly ? { ...told, at: told.at + told.length } : told);
  let isEarly = false;

  async function say(next: string): Promise<string> {
    const rewrites = [{ segmentId: 'one', before: text, after: next, changes: middleChange(text, next) }];
    const { spans, unit } = ledger;
    const placed = place({ sessionId: 's', segmentId: 'one', rewrites, spans, caret: field.caret, unit });
    if (placed.kind !== 'steps') return placed.kind;
    if (placed.steps.length === 0) return 'done';
    ledger.begin(placed.steps);
    const outcome = await finish(ledger, async (moves) => {
      // All calls are under way before the first is answered.
      for (const move of moves) ledger.send(move);
      for (const { kind, at, text: part } of moves) {
        beforeCall();
        if (kind === 'insert') field.insert(at, part);
        else field.delete(at, codePoints.length(part));
        ledger.answer(true);
      }
      return true;
    });
    field.settle();
    if (outcome === 'done') text = next;
    return outcome;
  }
  return { draft: say, refine: say };
};

const kinds: readonly (readonly [string, number, readonly RaceAction['do'][]])[] = [
  ['one keystroke', 1, ['type']],
  ['two keystrokes', 2, ['type']],
  ['three keystrokes', 3, ['type']],
  ['one deletion', 1, ['delete']],
  ['two deletions', 2, ['delete']],
  ['three keystrokes, deletions or selections', 3, ['type', 'delete', 'select']],
];

describe('between the calls of one replacement, wherever they fall,', () => {
  test.each(kinds)('%s lose nothing and leave no text half old, half new', async (_name, actions, does) => {
    const broken: string[] = [];
    for (const race of races({ seed, count, actions, kinds: does })) {
      const why = await runRace({ ...race, tellsTooEarly: false }, openRacer);
      if (why !== undefined) broken.push(why);
    }
    expect({ broken: broken.length, first: broken.slice(0, 2) }).toEqual({ broken: 0, first: [] });
  });
});
