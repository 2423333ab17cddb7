import fc from 'fast-check';
import { dictation } from '@voiceinput/testkit';
import { rewriting } from '@voiceinput/field';
import { describe, expect, test } from 'vitest';
import { change } from '../src/accessibility/write.ts';
import { pinCaret, placeIn } from '../src/pin/target.ts';
import { SimulatedField } from './simulated-field.ts';

const DRAFT = ' um so';
const numRuns = Number(process.env['VOICEINPUT_PROPERTY_RUNS'] ?? 300);

/** How many keys come at which moment. */
interface Keys {
  readonly before: number;
  /** Between the answer that tells where the caret is at release and the next thing that is done. */
  readonly behindCaret: number;
  readonly beforeDraft: number;
  /** Between the look at the field and the draft. */
  readonly beforeWriting: number;
}

/** What stands when a word is typed through the release of the key and the draft. */
async function typedThrough({ before, behindCaret, beforeDraft, beforeWriting }: Keys): Promise<string> {
  const simulated = new SimulatedField();
  const { field } = simulated;
  const type = (keys: number): void => simulated.userTypes(simulated.caret, 'x'.repeat(keys));
  const once = (keys: number) => (): void => {
    [simulated.afterCaret, simulated.beforeWriting] = [() => undefined, () => undefined];
    type(keys);
  };
  type(before);
  const told = dictation();
  simulated.afterCaret = once(behindCaret);
  await pinCaret(field, told.info.sessionId);
  type(beforeDraft);
  simulated.beforeWriting = once(beforeWriting);
  const { rewrites } = rewriting([], told.edit('one', 'draft', DRAFT), String)!;
  const outcome = await change(
    field,
    { sessionId: told.info.sessionId, segmentId: 'one', rewrites },
    {
      lastKeyAtMs: () => Number.NEGATIVE_INFINITY,
      signal: new AbortController().signal,
      place: () => placeIn(field, told.info.sessionId, () => true),
    },
  );
  expect(outcome).toBe('done');
  return simulated.text;
}

describe('a word that is typed through the release of the key', () => {
  test('stays whole when its next key comes right behind the place of the caret', async () => {
    const text = await typedThrough({ before: 2, behindCaret: 1, beforeDraft: 1, beforeWriting: 0 });
    expect(text).toBe(`xxxx${DRAFT}`);
  });

  test('stays whole whenever its keys come', async () => {
    const some = fc.integer({ min: 0, max: 3 });
    const keys = fc.record({
      before: fc.integer({ min: 1, max: 3 }),
      behindCaret: some,
      beforeDraft: some,
      beforeWriting: some,
    });
    await fc.assert(
      fc.asyncProperty(keys, async (came) => {
        const { before, behindCaret, beforeDraft, beforeWriting } = came;
        const word = 'x'.repeat(before + behindCaret + beforeDraft + beforeWriting);
        expect(await typedThrough(came)).toBe(`${word}${DRAFT}`);
      }),
      { numRuns },
    );
  });
});
