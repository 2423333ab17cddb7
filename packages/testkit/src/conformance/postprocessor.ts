// What every post-processor does.

import assert from 'node:assert/strict';
import type { Plugin, Postprocessor, PostprocessContext, Stage, Transcript } from '@voiceinput/plugin-api';
import { rejectsWhenAborted } from './abort.ts';
import type { Check } from './check.ts';
import type { Subject, Suite } from './subject.ts';
import { assertTranscript } from './transcript.ts';

const HEARD: Transcript = {
  text: 'Hello world, this is a test.',
  language: 'en',
  meanLogProb: -0.1,
  words: [{ text: 'Hello', startSample: 0, endSample: 8_000, confidence: 0.9 }],
  tokens: [1, 2, 3],
  vocabulary: 'some vocabulary',
};

const TRICKY: readonly Transcript[] = [
  HEARD,
  { text: 'Привет, мир. Ёлка' },
  { text: '你好世界。こんにちは' },
  { text: 'שלום עולם' },
  { text: '👩‍👩‍👧 e\u0301te\u0301 🇺🇸' },
  { text: '$& $1 \\ .* [a-z]+ <b>' },
  { text: '__proto__ constructor' },
  { text: 'a\uD83Db' },
  { text: 'word '.repeat(2_000) },
];

export const postprocessorSuite: Suite<'postprocessor'> = { checks, use };

async function use(part: Postprocessor, signal: AbortSignal, { plugin }: Subject<'postprocessor'>): Promise<void> {
  const [stage] = plugin.capabilities.stages;
  if (stage) assertTranscript(await part.process(structuredClone(HEARD), contextIn(plugin, stage), signal));
}

function checks(subject: Subject<'postprocessor'>): Check[] {
  const { plugin } = subject;
  const { stages } = plugin.capabilities;
  const contextOf = (stage: Stage): PostprocessContext => contextIn(plugin, stage);
  const transcripts = [...TRICKY, ...(subject.inputs.transcripts ?? [])];
  const process = (part: Postprocessor, transcript: Transcript, stage: Stage, signal: AbortSignal) =>
    subject.soon(part.process(structuredClone(transcript), contextOf(stage), signal), 'process()');

  return [
    {
      name: 'gives a transcript for any text in every stage that it declares',
      run: () =>
        subject.work(async (part, signal) => {
          for (const stage of stages) {
            for (const transcript of transcripts) assertTranscript(await process(part, transcript, stage, signal));
          }
        }),
    },
    {
      name: 'does not change the transcript that it is given',
      run: () =>
        subject.work(async (part, signal) => {
          for (const stage of stages) {
            const [given, context] = [structuredClone(HEARD), contextOf(stage)];
            await subject.soon(part.process(given, context, signal), 'process()');
            assert.deepEqual([given, context], [HEARD, contextOf(stage)]);
          }
        }),
    },
    {
      name: 'makes no text out of nothing',
      run: () =>
        subject.work(async (part, signal) => {
          for (const stage of stages) {
            assert.equal((await process(part, { text: '' }, stage, signal)).text, '');
          }
        }),
    },
    {
      name: 'does without what is not known',
      run: () =>
        subject.work(async (part, signal) => {
          for (const stage of stages) {
            const context = { sessionId: 'session-1', stage, precedingText: '', words: [] };
            assertTranscript(await subject.soon(part.process({ text: 'hello' }, context, signal), 'process()'));
          }
        }),
    },
    {
      name: 'process honours an abort',
      run: () =>
        subject.work(async (part) => {
          const [stage = 'draft'] = stages;
          await rejectsWhenAborted(subject, 'process()', (aborted) =>
            part.process(structuredClone(HEARD), contextOf(stage), aborted),
          );
        }),
    },
  ];
}

/** What the engine would say of a transcript in this stage. */
function contextIn({ capabilities }: Plugin<'postprocessor'>, stage: Stage): PostprocessContext {
  const isSegment = capabilities.scope === 'segment';
  return {
    sessionId: 'session-1',
    ...(isSegment && { segmentId: 'segment-1' }),
    stage,
    ...(isSegment && (stage === 'refined' || stage === 'polished') && { draft: structuredClone(HEARD) }),
    precedingText: isSegment ? 'Before.' : '',
    language: 'en',
    app: 'editor',
    words: ['VoiceInput'],
  };
}
