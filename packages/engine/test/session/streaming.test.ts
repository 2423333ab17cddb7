// Words that are shown while somebody speaks, where the runner of the fast lane hears clips as they come.

import streamingRunner from '@voiceinput/testkit/fakes/streaming-runner';
import { expect, test } from 'vitest';
import { never, play, speech } from './stage.ts';

const url = import.meta.resolve('@voiceinput/testkit/fakes/streaming-runner');
const more = [{ plugin: streamingRunner, url }];
const live = { realtime: true, frameMs: 20 };

function partialsOf(use: 'runner-streaming' | 'runner-scripted') {
  const script = [{ streamed: 'so far one two three', text: 'One, two, three.', msPerWord: 150, repeat: true }];
  return play({ fast: {}, more, profile: { fast: { use, options: { script } } } }, async ({ engine, recording }) => {
    await engine.ready(never());
    const result = await engine.dictate(speech(2, live), never());
    const texts = recording.edits.filter(({ cause }) => cause === 'partial').map(({ segment }) => segment.text);
    return { partials: texts, draft: result.draft, error: result.error };
  });
}

test('come from its stream; the draft is read of the whole clip', async () => {
  const { partials, draft, error } = await partialsOf('runner-streaming');
  expect(partials.some((text) => text.startsWith('so far one'))).toBe(true);
  expect(draft).toBe('One, two, three. One, two, three.');
  expect(error).toBeUndefined();
});

test('come from readings of all that was said, where it does not stream', async () => {
  const { partials, draft } = await partialsOf('runner-scripted');
  expect(partials.length).toBeGreaterThan(0);
  expect(partials.join(' ')).not.toContain('so far');
  expect(draft).toBe('One, two, three. One, two, three.');
});
