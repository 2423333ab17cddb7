// What every sink does.

import assert from 'node:assert/strict';
import { errorTable } from '@voiceinput/plugin-api';
import type { Edit, Outcome, Sink } from '@voiceinput/plugin-api';
import { dictation } from '../fakes/dictation.ts';
import type { Dictation } from '../fakes/dictation.ts';
import { abortAtEachAwait } from '../life/abort-at-each-await.ts';
import { rejectsWhenAborted } from './abort.ts';
import type { Check } from './check.ts';
import type { Subject, Suite } from './subject.ts';

type Step = readonly [segmentId: string, cause: Edit['cause'], text: string];

const SPOKEN: readonly Step[] = [
  ['one', 'draft', 'The quick brown focks'],
  ['two', 'draft', ''],
  ['three', 'draft', 'jumps over the lazy dog.'],
  ['one', 'refined', 'The quick brown fox'],
  ['two', 'refined', ''],
  ['three', 'refined', 'jumps over the lazy dog.'],
];

/** Each would act on a terminal; none may arrive there. None of them is anything that a live display needs itself. */
const ACTING = [
  '\u001b[31;5m',
  '\u001b]0;title\u0007',
  '\u0007',
  '\b',
  '\u0000',
  '\u007f',
  '\u009b',
  '\u202e',
  '\u2066',
];

export const sinkSuite: Suite<'sink'> = {
  checks,
  use: (sink, signal, subject) => dictate(subject, sink, { steps: SPOKEN, signal }),
};

function checks(subject: Subject<'sink'>): Check[] {
  const { output } = subject.inputs;
  const always: Check[] = [
    {
      name: 'takes one dictation after another',
      run: () =>
        subject.work(async (sink, signal) => {
          await dictate(subject, sink, { steps: SPOKEN, signal, sessionId: 'session-1' });
          await dictate(subject, sink, { steps: SPOKEN, signal, sessionId: 'session-2' });
        }),
    },
    {
      name: 'takes edits that change nothing',
      run: () =>
        subject.work((sink, signal) =>
          dictate(subject, sink, {
            steps: [
              ['one', 'draft', 'Hello.'],
              ['one', 'draft', 'Hello.'],
              ['one', 'refined', 'Hello.'],
            ],
            signal,
          }),
        ),
    },
    {
      name: 'takes an edit that changes the separator of the segment behind it',
      run: () =>
        subject.work((sink, signal) =>
          dictate(subject, sink, {
            steps: [
              ['one', 'draft', 'Um.'],
              ['two', 'draft', 'Good morning.'],
              ['one', 'refined', ''],
            ],
            signal,
          }),
        ),
    },
    {
      name: 'takes a dictation without speech',
      run: () => subject.work((sink, signal) => dictate(subject, sink, { steps: [], signal })),
    },
    {
      name: 'takes a dictation that is cancelled',
      run: () =>
        subject.work((sink, signal) =>
          dictate(subject, sink, {
            steps: [
              ['one', 'draft', 'Never mind.'],
              ['one', 'cancel', ''],
            ],
            signal,
          }),
        ),
    },
    {
      name: 'begin, apply and end honour an abort',
      run: () =>
        subject.work(async (sink, signal) => {
          const told = dictation();
          await rejectsWhenAborted(subject, 'begin()', (aborted) => sink.begin(told.info, aborted));
          await sink.begin(told.info, signal);
          const edit = told.edit('one', 'draft', 'Hello.');
          await rejectsWhenAborted(subject, 'apply()', (aborted) => sink.apply(edit, aborted));
          await rejectsWhenAborted(subject, 'end()', (aborted) => sink.end(told.result(), aborted));
        }),
    },
  ];
  const ofPartials: Check = {
    name: 'takes partials, as it declares',
    run: () =>
      subject.work((sink, signal) =>
        dictate(subject, sink, {
          steps: [
            ['one', 'partial', 'The quick'],
            ['one', 'partial', 'The quick brown'],
            ['one', 'draft', 'The quick brown fox.'],
          ],
          signal,
        }),
      ),
  };
  const ofLasting: Check[] = [
    {
      name: 'serves two dictations at once, as it declares',
      run: () =>
        subject.work(async (sink, signal) => {
          const both = ['session-1', 'session-2'].map((sessionId) => dictation({ sessionId }));
          for (const { info } of both) await subject.soon(sink.begin(info, signal), 'begin()');
          for (const told of both) {
            const outcome = await subject.soon(sink.apply(told.edit('one', 'draft', 'Hello.'), signal), 'apply()');
            assertOutcome(subject, outcome);
            told.settle(outcome);
          }
          for (const told of both) await subject.soon(sink.end(told.result(), signal), 'end()');
        }),
    },
    {
      name: 'answers an undo after the end, as it declares',
      run: () =>
        subject.work(async (sink, signal) => {
          const told = dictation();
          await dictate(subject, sink, { steps: [['one', 'draft', 'Hello.']], signal, told });
          assertOutcome(subject, await subject.soon(sink.apply(told.edit('one', 'undo', ''), signal), 'apply()'));
        }),
    },
  ];
  return [
    ...always,
    ...(subject.plugin.capabilities.lasting === true ? ofLasting : []),
    ...(subject.plugin.capabilities.partials ? [ofPartials] : []),
    ...(output ? outputChecks(subject, output) : []),
  ];
}

function outputChecks(subject: Subject<'sink'>, output: () => string): Check[] {
  return [
    {
      name: 'puts out the words',
      run: () =>
        subject.work(async (sink, signal) => {
          const before = output().length;
          await dictate(subject, sink, { steps: [['one', 'draft', 'Quintessence']], signal });
          assert.match(output().slice(before), /Quintessence/);
        }),
    },
    {
      name: 'an edit that is aborted on its way is answered, or nothing of it stands',
      run: () =>
        subject.work(async (sink, always) => {
          let denied = '';
          let tries = 0;
          await abortAtEachAwait(async (signal) => {
            tries += 1;
            const told = dictation({ sessionId: `session-${tries}` });
            await subject.soon(sink.begin(told.info, always), 'begin()');
            const before = output().length;
            const called = sink.apply(told.edit('one', 'draft', 'Quintessence'), signal);
            const isDenied = await subject.soon(called, 'apply()').then(
              (outcome) => told.settle(outcome),
              () => true,
            );
            // What a sink remembered although it rejected would come out with the next one.
            const next = sink.apply(told.edit('two', 'draft', 'Encore'), always);
            told.settle(await subject.soon(next, 'apply() after an abort'));
            if (isDenied === true && output().slice(before).includes('Quintessence')) denied = `turn ${tries}`;
            await subject.soon(sink.end(told.result(), always), 'end()');
          }, subject.patienceMs);
          assert.equal(denied, '', 'apply() should answer, as its text was put out although it was aborted.');
        }),
    },
    {
      name: 'puts out nothing that acts on a terminal',
      run: () =>
        subject.work(async (sink, signal) => {
          const before = output().length;
          const evil = ACTING.join('word');
          const steps: Step[] = [
            ['one', 'draft', evil],
            ['one', 'refined', `${evil} again`],
          ];
          await dictate(subject, sink, { steps, signal, label: evil });
          const written = output().slice(before);
          for (const sequence of ACTING) {
            assert.ok(!written.includes(sequence), `${JSON.stringify(sequence)} should not reach the output.`);
          }
        }),
    },
  ];
}

interface Spoken {
  readonly steps: readonly Step[];
  readonly signal: AbortSignal;
  readonly sessionId?: string;
  readonly label?: string;
  /** A dictation that goes on elsewhere. */
  readonly told?: Dictation;
}

async function dictate(subject: Subject<'sink'>, sink: Sink, spoken: Spoken): Promise<void> {
  const { signal, sessionId = 'session-1', label = 'speech.wav' } = spoken;
  const { told = dictation({ sessionId, label }) } = spoken;
  const beginning = await subject.soon(sink.begin(told.info, signal), 'begin()');
  const { before, after } = beginning.surroundings ?? {};
  for (const text of [before, after])
    assert.ok(['string', 'undefined'].includes(typeof text), 'What stands around the caret should be texts or absent.');
  for (const [segmentId, cause, text] of spoken.steps) {
    const outcome = await subject.soon(sink.apply(told.edit(segmentId, cause, text), signal), 'apply()');
    assertOutcome(subject, outcome);
    told.settle(outcome);
  }
  await subject.soon(sink.end(told.result(), signal), 'end()');
}

function assertOutcome({ plugin }: Subject<'sink'>, outcome: Outcome): void {
  const answer = JSON.stringify(outcome);
  if (outcome.kind === 'applied') {
    assert.ok(['verified', 'unverified'].includes(outcome.proof), `${answer} should say how sure it is.`);
  } else {
    assert.ok(['refused', 'offered'].includes(outcome.kind), `${answer} should be applied, refused or offered.`);
    assert.ok(outcome.reason, `${answer} should name a reason.`);
    const { reasons = {} } = plugin.capabilities;
    assert.ok(
      Object.hasOwn(reasons, outcome.reason) || Object.hasOwn(errorTable, outcome.reason),
      `The reason "${outcome.reason}" should be among the plugin's "reasons", or an error code.`,
    );
  }
}
