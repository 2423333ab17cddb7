// What every source does.

import assert from 'node:assert/strict';
import { samplesToMs } from '@voiceinput/plugin-api';
import type { Frame, Source } from '@voiceinput/plugin-api';
import type { Check } from './check.ts';
import type { Subject, Suite } from './subject.ts';

const ENOUGH_MS = 2_000;
const TOO_SHORT_TO_JUDGE_MS = 500;
/** A microphone may have this much in its hands when it starts. */
const HEAD_START_MS = 300;

export const sourceSuite: Suite<'source'> = { checks, use };

async function use(source: Source, signal: AbortSignal): Promise<void> {
  for await (const frame of source.frames(signal)) {
    if (frame.samples.length > 0) return;
  }
}

function checks(subject: Subject<'source'>): Check[] {
  const listen = (hear: (frames: Frame[], tookMs: number, source: Source) => void): Promise<void> =>
    subject.work(async (source) => {
      const startedMs = performance.now();
      const frames = await subject.soon(enoughOf(source), 'frames()');
      hear(frames, performance.now() - startedMs, source);
    });

  const { devices = false, lasting = false } = subject.plugin.capabilities;
  const always: Check[] = [
    {
      name: 'frames are contiguous from sample 0',
      run: () =>
        listen((frames) => {
          let expected = 0;
          for (const frame of frames) {
            assert.equal(frame.startSample, expected, 'A frame should begin where the one before it ended.');
            expected += frame.samples.length;
          }
          assert.ok(expected > 0, 'There should be some audio.');
        }),
    },
    {
      name: 'samples are finite float32',
      run: () =>
        listen((frames) => {
          for (const { samples } of frames) {
            assert.ok(samples instanceof Float32Array, 'Samples should be a Float32Array.');
            assert.ok(samples.every(Number.isFinite), 'Samples should be finite.');
          }
        }),
    },
    {
      name: 'a frame given away is not written to again',
      run: () =>
        subject.work(async (source) => {
          const copies: { given: Float32Array; copy: Float32Array }[] = [];
          await subject.soon(
            enoughOf(source, ({ samples }) => copies.push({ given: samples, copy: samples.slice() })),
            'frames()',
          );
          for (const { given, copy } of copies) assert.deepEqual(given, copy);
        }),
    },
    {
      name: 'frames end on abort',
      run: () =>
        subject.work(async (source) => {
          const abort = new AbortController();
          let after = 0;
          const reading = (async () => {
            for await (const frame of source.frames(abort.signal)) {
              if (abort.signal.aborted) after += samplesToMs(frame.samples.length);
              abort.abort(new Error('The conformance suite aborts.'));
            }
          })();
          await subject.soon(reading, 'frames() after an abort');
          assert.ok(after <= HEAD_START_MS, `${after} ms of audio came after the abort.`);
        }),
    },
    {
      name: 'an aborted signal gives no frames',
      run: () =>
        subject.work(async (source) => {
          const frames = await subject.soon(collect(source.frames(AbortSignal.abort())), 'frames()');
          assert.deepEqual(frames, []);
        }),
    },
    {
      name: 'comes at the speed that it declares',
      run: () =>
        listen((frames, tookMs, source) => {
          const audioMs = samplesToMs(lengthOf(frames));
          if (audioMs < TOO_SHORT_TO_JUDGE_MS) return;
          if (source.realtime) assert.ok(tookMs > audioMs - HEAD_START_MS, `${audioMs} ms came in ${tookMs} ms.`);
          else assert.ok(tookMs < audioMs / 2, `${audioMs} ms took ${tookMs} ms; a real-time source declares it.`);
        }),
    },
    {
      name: 'lists devices if and only if it declares them',
      run: () =>
        subject.work(async (source, signal) => {
          assert.equal(
            source.devices !== undefined,
            devices,
            'Capability "devices" should say whether devices() is there.',
          );
          const listed = (await source.devices?.(signal)) ?? [];
          assert.equal(
            new Set(listed.map(({ id }) => id)).size,
            listed.length,
            'Devices should have ids of their own.',
          );
          assert.ok(listed.filter(({ standard }) => standard).length <= 1, 'At most one device is the standard one.');
        }),
    },
  ];
  const ofLasting: Check = {
    name: 'begins anew for every dictation, as it declares',
    run: () =>
      subject.work(async (source) => {
        for (let round = 1; round <= 2; round += 1) {
          const [first] = await subject.soon(enoughOf(source), 'frames()');
          assert.equal(first?.startSample, 0, `Dictation ${round} should begin at sample 0 and have some audio.`);
        }
      }),
  };
  return lasting ? [...always, ofLasting] : always;
}

/** The frames of the first seconds, or all when there are fewer. */
async function enoughOf(source: Source, onFrame?: (frame: Frame) => void): Promise<Frame[]> {
  const frames: Frame[] = [];
  for await (const frame of source.frames(new AbortController().signal)) {
    frames.push(frame);
    onFrame?.(frame);
    if (samplesToMs(lengthOf(frames)) >= ENOUGH_MS) break;
  }
  return frames;
}

async function collect(frames: AsyncIterable<Frame>): Promise<Frame[]> {
  const all: Frame[] = [];
  for await (const frame of frames) all.push(frame);
  return all;
}

const lengthOf = (frames: readonly Frame[]): number => frames.reduce((sum, { samples }) => sum + samples.length, 0);
