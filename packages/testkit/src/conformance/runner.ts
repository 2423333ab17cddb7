// What every runner does.

import assert from 'node:assert/strict';
import { msToSamples } from '@voiceinput/plugin-api';
import type { Clip, Hint, Runner, Transcript } from '@voiceinput/plugin-api';
import { concatenate } from '../audio/sound.ts';
import { rejectsWhenAborted } from './abort.ts';
import type { Check } from './check.ts';
import { streamChecks } from './stream.ts';
import type { Subject, Suite } from './subject.ts';
import { assertTranscript } from './transcript.ts';

/** A run this short may be over before it can look at the signal again. */
const TOO_SHORT_TO_ABORT_MS = 50;

export const runnerSuite: Suite<'runner'> = { checks, use };

async function use(runner: Runner, signal: AbortSignal, { inputs }: Subject<'runner'>): Promise<void> {
  assertTranscript(await runner.run(clipOf(inputs.speech), {}, signal));
}

function checks(subject: Subject<'runner'>): Check[] {
  const { speech } = subject.inputs;
  const { capabilities } = subject.plugin;
  const hear = async (runner: Runner, samples: Float32Array, hint: Hint, signal: AbortSignal): Promise<Transcript> => {
    const transcript = await subject.soon(runner.run(clipOf(samples), hint, signal), 'run()');
    assertTranscript(transcript);
    return transcript;
  };

  return [
    ...streamChecks(subject),
    {
      name: 'names its model',
      run: () => subject.work(async (runner) => assert.notEqual(runner.model.trim(), '', 'model should not be empty.')),
    },
    {
      name: 'accepts every language that it declares',
      run: () =>
        subject.work(async (runner, signal) => {
          for (const language of capabilities.languages) {
            await hear(runner, speech, { language: language === '*' ? 'en' : language }, signal);
          }
        }),
    },
    {
      name: 'chooses among the languages that it is told',
      run: () =>
        subject.work(async (runner, signal) => {
          const languages = capabilities.languages.includes('*') ? ['en', 'ru'] : capabilities.languages.slice(0, 2);
          if (languages.length < 2) return;
          const { language = languages[0]! } = await hear(runner, speech, { languages }, signal);
          assert.ok(languages.includes(language), `It was told ${languages.join(', ')}, but heard ${language}.`);
        }),
    },
    {
      name: 'accepts a clip of the declared length',
      run: () =>
        subject.work(async (runner, signal) => {
          const samples = msToSamples(capabilities.maxClipMs);
          const copies = Array.from({ length: Math.ceil(samples / Math.max(1, speech.length)) }, () => speech);
          await hear(runner, concatenate(...copies).subarray(0, samples), {}, signal);
        }),
    },
    {
      name: 'accepts an empty, a very short and a silent clip',
      run: () =>
        subject.work(async (runner, signal) => {
          for (const samples of [0, 1, 100, 8_000]) await hear(runner, new Float32Array(samples), {}, signal);
        }),
    },
    {
      name: 'accepts speech with the sound around it that it wants',
      run: () =>
        subject.work(async (runner, signal) => {
          const pad = new Float32Array(msToSamples(capabilities.padMs ?? 0));
          await hear(runner, concatenate(pad, speech, pad), {}, signal);
        }),
    },
    {
      name: 'does not write to the clip',
      run: () =>
        subject.work(async (runner, signal) => {
          const clip = clipOf(speech);
          await subject.soon(runner.run(clip, {}, signal), 'run()');
          assert.deepEqual(clip.samples, speech);
        }),
    },
    {
      name: 'accepts all hints',
      run: () =>
        subject.work(async (runner, signal) => {
          const hint = { precedingText: 'Before.', words: ['VoiceInput', 'ONNX'], surelySpeech: true };
          await hear(runner, speech, hint, signal);
        }),
    },
    {
      name: 'an abort rejects soon with its reason, and the next run works',
      run: () =>
        subject.work(async (runner, signal) => {
          const startedMs = performance.now();
          const expected = await hear(runner, speech, {}, signal);
          const tookMs = performance.now() - startedMs;

          await rejectsWhenAborted(subject, 'run()', (aborted) => runner.run(clipOf(speech), {}, aborted));
          await abortedInTheMiddle(subject, runner, tookMs);
          assert.equal((await hear(runner, speech, {}, signal)).text, expected.text, 'The next run should work.');
        }),
    },
    {
      name: 'a proposal, right or wrong, never changes the text',
      run: () =>
        subject.work(async (runner, signal) => {
          const alone = await hear(runner, speech, {}, signal);
          if (capabilities.proposals && alone.text !== '') {
            assert.ok(alone.tokens?.length, 'A runner that takes proposals should give tokens.');
          }
          for (const [what, proposal] of proposalsFrom(alone)) {
            const { text } = await hear(runner, speech, { proposal }, signal);
            assert.equal(text, alone.text, `${what} should not change the text.`);
          }
        }),
    },
  ];
}

/** Each clip is a copy: a runner that writes to one spoils no other check. */
const clipOf = (samples: Float32Array): Clip => ({ samples: samples.slice(), startSample: 0 });

async function abortedInTheMiddle(subject: Subject<'runner'>, runner: Runner, usuallyMs: number): Promise<void> {
  const abort = new AbortController();
  const reason = new Error('The conformance suite aborts.');
  const running = runner.run(clipOf(subject.inputs.speech), {}, abort.signal);
  abort.abort(reason);
  try {
    await subject.soon(running, 'run() after an abort');
  } catch (error) {
    assert.equal(error, reason, "run() should reject with the signal's reason.");
    return;
  }
  assert.ok(
    usuallyMs < TOO_SHORT_TO_ABORT_MS,
    `A run of ${Math.round(usuallyMs)} ms should not resolve after an abort.`,
  );
}

function proposalsFrom({ text, tokens = [], vocabulary = 'none' }: Transcript): [string, Required<Hint>['proposal']][] {
  const proposal = (wrong: readonly number[]) => ({ text, tokens: wrong, vocabulary });
  const middle = Math.floor(tokens.length / 2);
  return [
    ['The right proposal', proposal(tokens)],
    ['The beginning of it', proposal(tokens.slice(0, middle))],
    ['An empty proposal', proposal([])],
    ['A proposal in reverse', proposal(tokens.toReversed())],
    ['A proposal with a word too many', proposal(tokens.toSpliced(middle, 0, ...tokens.slice(0, 3)))],
    ['A proposal that goes on', proposal([...tokens, ...tokens])],
    ['A proposal of another vocabulary', { text, tokens, vocabulary: 'another vocabulary' }],
  ];
}
