// What every runner does that hears clips while they are spoken.

import assert from 'node:assert/strict';
import type { Hint, Runner } from '@voiceinput/plugin-api';
import { chop } from '../audio/frames.ts';
import { rejectsWhenAborted } from './abort.ts';
import type { Check } from './check.ts';
import type { Subject } from './subject.ts';
import { assertTranscript } from './transcript.ts';

/** Pieces as they may come: none, one sample, a frame, several. */
const PIECES_SAMPLES = [1, 320, 4_000, 7_000];
const HINT: Hint = { surelySpeech: true };

/** That it can, just when it says so; then how. */
export function streamChecks(subject: Subject<'runner'>): Check[] {
  const { streaming = false } = subject.plugin.capabilities;
  const declared: Check = {
    name: 'streams just when it declares so',
    run: () =>
      subject.work(async (runner) => {
        const streams = typeof runner.stream === 'function';
        assert.equal(streams, streaming, 'stream() and the capability `streaming` belong together.');
      }),
  };
  return streaming ? [declared, ...checks(subject)] : [declared];
}

function checks(subject: Subject<'runner'>): Check[] {
  const { speech } = subject.inputs;

  /** What is agreed on after each piece. */
  async function agreed(runner: Runner, pieces: readonly Float32Array[], signal: AbortSignal): Promise<string[]> {
    const stream = await subject.soon(runner.stream!(0, HINT, signal), 'stream()');
    try {
      const texts: string[] = [];
      for (const piece of pieces) {
        const transcript = await subject.soon(stream.push(piece, signal), 'push()');
        assertTranscript(transcript);
        texts.push(transcript.text);
      }
      return texts;
    } finally {
      await subject.soon(stream.close(), 'close() of a stream');
    }
  }

  const pieces = [new Float32Array(0), ...chop(speech, PIECES_SAMPLES).map(({ samples }) => samples.slice())];

  return [
    {
      name: 'what is agreed on while a clip is spoken only grows',
      run: () =>
        subject.work(async (runner, signal) => {
          const texts = await agreed(runner, pieces, signal);
          for (const [index, text] of texts.entries()) {
            const before = texts[index - 1] ?? '';
            assert.ok(text.startsWith(before), `"${text}" should begin with "${before}", which was agreed on.`);
          }
        }),
    },
    {
      name: 'hears two clips at once, and a third after one that was left',
      run: () =>
        subject.work(async (runner, signal) => {
          const alone = await agreed(runner, [speech], signal);
          const left = await subject.soon(runner.stream!(0, HINT, signal), 'stream()');
          await subject.soon(left.push(speech.subarray(0, speech.length / 2), signal), 'push()');
          assert.deepEqual(await agreed(runner, [speech], signal), alone, 'Another clip should be heard as alone.');
          await subject.soon(left.close(), 'close() of a stream');
          assert.deepEqual(await agreed(runner, [speech], signal), alone, 'The next clip should be heard as alone.');
        }),
    },
    {
      name: 'stream and push honour an abort, and a clip that is over is still read',
      run: () =>
        subject.work(async (runner, signal) => {
          await rejectsWhenAborted(subject, 'stream()', (aborted) => runner.stream!(0, HINT, aborted));
          const stream = await subject.soon(runner.stream!(0, HINT, signal), 'stream()');
          await rejectsWhenAborted(subject, 'push()', (aborted) => stream.push(speech, aborted));
          await subject.soon(stream.close(), 'close() of a stream');
          const clip = { samples: speech.slice(), startSample: 0 };
          assertTranscript(await subject.soon(runner.run(clip, HINT, signal), 'run()'));
        }),
    },
  ];
}
