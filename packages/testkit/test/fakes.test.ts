import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { applyChanges } from '@voiceinput/plugin-api';
import {
  chop,
  dictation,
  fakeContext,
  fakeModels,
  never,
  recordingSink,
  sampleSource,
  scriptedVad,
  sine,
} from '@voiceinput/testkit';

describe('a dictation in the making', () => {
  test('tells edits from which the text can be made again', () => {
    const words = fc.array(fc.constantFrom('one', 'two', 'three'), { maxLength: 5 }).map((list) => list.join(' '));
    const steps = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), words, fc.boolean()), { maxLength: 12 });
    fc.assert(
      fc.property(steps, (spoken) => {
        const told = dictation();
        let text = '';
        let applied = 0;
        for (const [segmentId, segmentText, refuse] of spoken) {
          const edit = told.edit(segmentId, 'draft', segmentText);
          expect(edit.baseRevision).toBe(applied);
          told.settle(refuse ? { kind: 'refused', reason: 'test' } : { kind: 'applied', proof: 'verified' });
          if (refuse) continue;
          text = applyChanges(text, edit.changes);
          applied = edit.revision;
        }
        expect(told.text).toBe(text);
        expect(told.result().text).toBe(text);
        expect(text).not.toMatch(/^ | $| {2}/);
      }),
      { seed: 1 },
    );
  });
});

test('a recording sink keeps the text as a user would see it, and answers as it is told', async () => {
  const { plugin, recording } = recordingSink({
    answer: (edit) => (edit.cause === 'refined' ? { kind: 'refused', reason: 'edited' } : undefined),
  });
  const sink = await plugin.create(undefined as never, fakeContext(), never);
  const told = dictation();
  await sink.begin(told.info, never);
  told.settle(await sink.apply(told.edit('one', 'draft', 'Hello word'), never));
  told.settle(await sink.apply(told.edit('one', 'refined', 'Hello world'), never));
  await sink.end(told.result(), never);
  expect(recording.text).toBe('Hello word');
  expect(recording.outcomes.map((outcome) => outcome.kind)).toEqual(['applied', 'refused']);
  expect(recording.ended).toHaveLength(1);
});

test('a source of samples gives them all, then fails when it is told to', async () => {
  const samples = sine(1_000);
  const source = await sampleSource(samples).create({ frameMs: 10, fail: 'unplugged' }, fakeContext(), never);
  const heard: number[] = [];
  const listening = (async () => {
    for await (const frame of source.frames(never)) heard.push(...frame.samples);
  })();
  await expect(listening).rejects.toThrow('unplugged');
  expect(Float32Array.from(heard)).toEqual(samples);
});

test('a scripted detector hears speech where it is told, and hangs where it is told', async () => {
  const vad = await scriptedVad.create({ speech: [[512, 1_024]], hangAtSample: 2_000 }, fakeContext(), never);
  const stream = await vad.listen(never);
  const [frame, next] = chop(sine(4_000), [1_536]);
  const marks = frame ? await stream.push(frame, never) : [];
  expect(marks.map((mark) => mark.speechProbability)).toEqual([0, 1, 0]);
  const abort = new AbortController();
  const hanging = next ? stream.push(next, abort.signal) : Promise.resolve();
  abort.abort(new Error('enough'));
  await expect(hanging).rejects.toThrow('enough');
});

test('a fake store knows its models and no others', async () => {
  const model = { modelId: 'tiny', folder: '/models/tiny', files: {}, fingerprint: '1', license: 'MIT' };
  const models = fakeModels([model]);
  expect(await models.locate('tiny', never)).toBe(model);
  await expect(models.locate('large', never)).rejects.toMatchObject({ code: 'ERR_MODEL_UNKNOWN' });
});
