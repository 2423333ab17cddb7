// What every judge does.

import assert from 'node:assert/strict';
import type { Judge, JudgeContext, Transcript } from '@voiceinput/plugin-api';
import { rejectsWhenAborted } from './abort.ts';
import type { Check } from './check.ts';
import type { Subject, Suite } from './subject.ts';

const DRAFT: Transcript = {
  text: 'I red the hole book.',
  language: 'en',
  meanLogProb: -0.4,
  words: [{ text: 'I', startSample: 0, endSample: 8_000, confidence: 0.9 }],
  tokens: [1, 2, 3],
  vocabulary: 'some vocabulary',
};
const REFINED: Transcript = { text: 'I read the whole book.', language: 'en', meanLogProb: -0.1 };

const PAIRS: readonly { readonly draft: Transcript; readonly refined: Transcript }[] = [
  { draft: DRAFT, refined: REFINED },
  { draft: { text: '' }, refined: REFINED },
  { draft: DRAFT, refined: { text: '' } },
  { draft: { text: 'Привет, мир' }, refined: { text: '你好世界' } },
  { draft: { text: 'a\uD83Db' }, refined: { text: 'word '.repeat(2_000) } },
];
const CONTEXT: JudgeContext = {
  sessionId: 'session-1',
  segmentId: 'segment-1',
  language: 'en',
  skipRefineAboveLogProb: -0.1,
};
const LEAST_CONTEXT: JudgeContext = { sessionId: 'session-1', segmentId: 'segment-1' };

export const judgeSuite: Suite<'judge'> = { checks, use };

async function use(judge: Judge, signal: AbortSignal): Promise<void> {
  await judge.isSure(structuredClone(DRAFT), CONTEXT, signal);
  await judge.choose(structuredClone(PAIRS[0]!), CONTEXT, signal);
}

function checks(subject: Subject<'judge'>): Check[] {
  return [
    {
      name: 'decides whatever was heard and whatever is known of it',
      run: () =>
        subject.work(async (judge, signal) => {
          for (const context of [CONTEXT, LEAST_CONTEXT]) {
            for (const pair of PAIRS) {
              const { draft, ...readings } = structuredClone(pair);
              const sure = await subject.soon(judge.isSure(draft, context, signal), 'isSure()');
              assert.equal(typeof sure, 'boolean', 'isSure() should give true or false.');
              const chosen = await subject.soon(judge.choose({ draft, ...readings }, context, signal), 'choose()');
              assert.ok(['draft', 'refined'].includes(chosen), `choose() should not give ${JSON.stringify(chosen)}.`);
            }
          }
        }),
    },
    {
      name: 'does not change what it judges',
      run: () =>
        subject.work(async (judge, signal) => {
          const [given, context] = [structuredClone(PAIRS[0]!), structuredClone(CONTEXT)];
          await subject.soon(judge.isSure(given.draft, context, signal), 'isSure()');
          await subject.soon(judge.choose(given, context, signal), 'choose()');
          assert.deepEqual([given, context], [PAIRS[0], CONTEXT]);
        }),
    },
    {
      name: 'isSure and choose honour an abort',
      run: () =>
        subject.work(async (judge) => {
          await rejectsWhenAborted(subject, 'isSure()', (by) => judge.isSure(structuredClone(DRAFT), CONTEXT, by));
          await rejectsWhenAborted(subject, 'choose()', (by) => judge.choose(structuredClone(PAIRS[0]!), CONTEXT, by));
        }),
    },
  ];
}
