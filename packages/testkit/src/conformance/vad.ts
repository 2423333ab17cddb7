// What every voice activity detector does.

import assert from 'node:assert/strict';
import type { Frame, Mark, Vad } from '@voiceinput/plugin-api';
import { chop } from '../audio/frames.ts';
import { concatenate, seededRandom } from '../audio/sound.ts';
import { rejectsWhenAborted } from './abort.ts';
import type { Check } from './check.ts';
import type { Subject, Suite } from './subject.ts';

const FRAME_SAMPLES = 320;
const TOLERANCE = 1e-5;

export const vadSuite: Suite<'vad'> = { checks, use };

async function use(vad: Vad, signal: AbortSignal, { inputs }: Subject<'vad'>): Promise<void> {
  await marksOf(vad, chop(inputs.speech, [FRAME_SAMPLES]), signal);
}

function checks(subject: Subject<'vad'>): Check[] {
  const { speech, silence } = subject.inputs;
  const mixed = concatenate(silence, speech, silence);

  return [
    {
      name: 'windows follow each other without gaps',
      run: () =>
        subject.work(async (vad, signal) => {
          const marks = await marksOf(vad, chop(mixed, [FRAME_SAMPLES]), signal);
          let expected = 0;
          for (const mark of marks) {
            assert.equal(mark.startSample, expected, 'A window should begin where the one before it ended.');
            assert.ok(mark.endSample > mark.startSample, 'A window should not be empty.');
            expected = mark.endSample;
          }
          assert.ok(expected <= mixed.length, 'A window should not reach into audio that is still to come.');
          assert.ok(expected > mixed.length - 16_000, 'The last window should not lie a second behind the audio.');
        }),
    },
    {
      name: 'probabilities are 0…1',
      run: () =>
        subject.work(async (vad, signal) => {
          for (const { speechProbability } of await marksOf(vad, chop(mixed, [FRAME_SAMPLES]), signal)) {
            assert.ok(speechProbability >= 0 && speechProbability <= 1, `${speechProbability} is not a probability.`);
          }
        }),
    },
    {
      name: 'gives the same marks however the audio is chopped',
      run: () =>
        subject.work(async (vad, signal) => {
          const expected = await marksOf(vad, chop(mixed, [mixed.length]), signal);
          for (const sizes of choppings()) {
            sameMarks(
              await marksOf(vad, chop(mixed, sizes), signal),
              expected,
              `frames of ${sizes.slice(0, 4).join(', ')}… samples`,
            );
          }
        }),
    },
    {
      name: 'streams do not disturb each other',
      run: () =>
        subject.work(async (vad, signal) => {
          const frames = { speech: chop(speech, [FRAME_SAMPLES]), silence: chop(silence, [FRAME_SAMPLES]) };
          const alone = {
            speech: await marksOf(vad, frames.speech, signal),
            silence: await marksOf(vad, frames.silence, signal),
          };
          const [besideSilence, besideSpeech] = await sideBySide(vad, [frames.speech, frames.silence], signal);
          sameMarks(besideSilence ?? [], alone.speech, 'speech beside silence');
          sameMarks(besideSpeech ?? [], alone.silence, 'silence beside speech');
        }),
    },
    {
      name: 'tells speech from silence',
      run: () =>
        subject.work(async (vad, signal) => {
          const [ofSpeech, ofSilence] = [
            mean(await marksOf(vad, chop(speech, [FRAME_SAMPLES]), signal)),
            mean(await marksOf(vad, chop(silence, [FRAME_SAMPLES]), signal)),
          ];
          assert.ok(ofSpeech > 0.5, `Speech should be above 0.5 in the mean, not ${ofSpeech}.`);
          assert.ok(ofSilence < 0.2, `Silence should be below 0.2 in the mean, not ${ofSilence}.`);
        }),
    },
    {
      name: 'listen and push honour an abort',
      run: () =>
        subject.work(async (vad, signal) => {
          await rejectsWhenAborted(subject, 'listen()', (aborted) => vad.listen(aborted));
          const stream = await vad.listen(signal);
          const [frame] = chop(speech, [FRAME_SAMPLES]);
          assert.ok(frame);
          await rejectsWhenAborted(subject, 'push()', (aborted) => stream.push(frame, aborted));
          await stream.close();
        }),
    },
  ];
}

function choppings(): number[][] {
  const random = seededRandom(7);
  const wild = Array.from({ length: 97 }, () => 1 + Math.floor(random() ** 3 * 5_000));
  return [[160], [512], [1_600], [1, 1, 1, 700], wild];
}

async function marksOf(vad: Vad, frames: readonly Frame[], signal: AbortSignal): Promise<Mark[]> {
  const [marks] = await sideBySide(vad, [frames], signal);
  return marks ?? [];
}

/** The marks of several streams that take turns. */
async function sideBySide(vad: Vad, tracks: readonly (readonly Frame[])[], signal: AbortSignal): Promise<Mark[][]> {
  const streams = await Promise.all(tracks.map(() => vad.listen(signal)));
  const marks: Mark[][] = tracks.map(() => []);
  const longest = Math.max(...tracks.map((frames) => frames.length));
  for (let turn = 0; turn < longest; turn += 1) {
    for (const [index, stream] of streams.entries()) {
      const frame = tracks[index]?.[turn];
      if (frame) marks[index]?.push(...(await stream.push(frame, signal)));
    }
  }
  await Promise.all(streams.map((stream) => stream.close()));
  return marks;
}

function sameMarks(actual: readonly Mark[], expected: readonly Mark[], what: string): void {
  assert.equal(actual.length, expected.length, `There should be as many marks with ${what}.`);
  for (const [index, mark] of actual.entries()) {
    const other = expected[index];
    assert.ok(other);
    const places = { start: mark.startSample, end: mark.endSample };
    assert.deepEqual(places, { start: other.startSample, end: other.endSample }, `Mark ${index} with ${what}.`);
    const apart = Math.abs(mark.speechProbability - other.speechProbability);
    assert.ok(
      apart <= TOLERANCE,
      `The probability of mark ${index} should be the same with ${what}, not ${apart} apart.`,
    );
  }
}

const mean = (marks: readonly Mark[]): number =>
  marks.reduce((sum, mark) => sum + mark.speechProbability, 0) / Math.max(1, marks.length);
