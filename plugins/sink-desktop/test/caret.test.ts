import fc from 'fast-check';
import { dictation } from '@voiceinput/testkit';
import { rewriting } from '@voiceinput/field';
import { describe, expect, test } from 'vitest';
import { change } from '../src/accessibility/write.ts';
import type { CaretHabit } from './simulated-field.ts';
import { SimulatedField } from './simulated-field.ts';

const numRuns = Number(process.env['VOICEINPUT_PROPERTY_RUNS'] ?? 300);
const waiting = { lastKeyAtMs: () => Number.NEGATIVE_INFINITY, signal: new AbortController().signal };

/** How many keys come at which moment, typed where the caret is. */
interface Keys {
  /** Between the look at the field and our first call. */
  readonly before: number;
  /** Before our second call, where there is one. */
  readonly between: number;
  readonly behind: number;
}

interface Typed extends Keys {
  readonly caret?: CaretHabit;
  /** What stands before and behind the caret. */
  readonly around: readonly [string, string];
}

/** What the user typed while a draft came, in the order in which it stands. */
async function typedAround({ before, between, behind, caret, around }: Typed): Promise<string> {
  const simulated = new SimulatedField(caret === undefined ? {} : { caret });
  simulated.insert(0, around.join(''));
  simulated.caret = around[0].length;
  let digit = 0;
  const type = (keys: number): void => {
    for (let key = 0; key < keys; key += 1) simulated.userTypes(simulated.caret, String((digit += 1)));
  };
  const told = dictation();
  const { rewrites } = rewriting([], told.edit('one', 'draft', 'um so'), String)!;
  const coming = [before, between];
  simulated.beforeWriting = () => type(coming.shift() ?? 0);
  const outcome = await change(
    simulated.field,
    { sessionId: told.info.sessionId, segmentId: 'one', rewrites },
    waiting,
  );
  expect(outcome).toBe('done');
  type(behind);
  return simulated.text.replaceAll(/\D/g, '');
}

const habits = [undefined, 'left', 'end'] as const;

describe('keys that come while a draft is written next to them', () => {
  test('stand in the order in which they were typed, one before our first call and one behind the last', async () => {
    for (const caret of habits)
      expect(
        await typedAround({ before: 1, between: 0, behind: 1, around: ['AB', ''], ...(caret && { caret }) }),
        caret,
      ).toBe('12');
  });

  test('stand in the order in which they were typed, whenever they come', async () => {
    const some = fc.integer({ min: 0, max: 2 });
    const keys = fc.record({
      before: some,
      between: some,
      behind: some,
      caret: fc.constantFrom(...habits.filter((habit) => habit !== 'end')),
      around: fc.constantFrom(['AB', ''] as const, ['AB', 'CD'] as const, ['', ''] as const),
    });
    await fc.assert(
      fc.asyncProperty(keys, async ({ caret, ...came }) => {
        const stands = await typedAround({ ...came, ...(caret && { caret }) });
        expect(stands).toBe(stands.split('').toSorted().join(''));
      }),
      { numRuns },
    );
  });
});
