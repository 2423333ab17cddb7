// What runners are told of the text before a clip, and what happens when they only repeat it.

import { scriptedRunner } from '@voiceinput/testkit';
import type { ScriptStep } from '@voiceinput/testkit';
import { describe, expect, test } from 'vitest';
import { never, play, speech } from './stage.ts';

const url = import.meta.resolve('@voiceinput/testkit/fakes/scripted-runner');
const more = [{ plugin: scriptedRunner({ id: 'runner-context', capabilities: { precedingText: true } }), url }];
const context = (script: readonly ScriptStep[]) => ({ use: 'runner-context', options: { script } });
const drafts = { script: [{ text: 'It rains.' }, { text: 'and snows' }, { text: 'too' }] };
const again: ScriptStep = { repeat: true, text: 'again', saysPreceding: true };

function refined(script: readonly ScriptStep[], { pauseMs = 500 } = {}): Promise<(string | undefined)[]> {
  const profile = { refine: context(script) };
  return play({ fast: drafts, refine: {}, more, profile }, async ({ engine }) => {
    const sound = [
      { sound: 'sine' as const, ms: 1_000 },
      { sound: 'silence' as const, ms: pauseMs },
    ];
    const { segments } = await engine.dictate(speech(0, { score: [...sound, ...sound, ...sound] }), never());
    return segments.map(({ text }) => text);
  });
}

describe('a runner that uses the text before', () => {
  test('is told the text of the segment that it goes on with, as it stands then', async () => {
    const [first, second, third] = await refined([{ text: 'It rained.' }, again, again]);
    expect(first).toBe('It rained.');
    expect(second).toMatch(/^again after It rain(s|ed)\.$/);
    expect(third).toMatch(/^again after /);
  });

  test('is told nothing after a long pause', async () => {
    expect(await refined([again], { pauseMs: 7_000 })).toEqual(['again', 'again', 'again']);
  });

  test('is asked once more without it when it only repeats it, or is caught in a loop', async () => {
    const loop = 'and so on and so on and so on and so on and so on';
    const script: ScriptStep[] = [
      { text: 'It rained a lot.' },
      { text: 'and snowed', echoes: true, repeat: true, when: { fromSample: 16_000, toSample: 40_000 } },
      { text: loop, when: { fromSample: 40_000 } },
      { text: 'too much', when: { fromSample: 40_000 } },
    ];
    expect(await refined(script)).toEqual(['It rained a lot.', 'and snowed', 'too much']);
  });
});

test('a runner that does not use it is told nothing', () =>
  play({ fast: drafts, refine: { script: [again] } }, async ({ engine }) => {
    const { segments } = await engine.dictate(speech(3), never());
    expect(segments.map(({ text }) => text)).toEqual(['again', 'again', 'again']);
  }));

test('where there is one reading of a file it is told the text before; a draft that is wanted at once is not', async () => {
  const read = (realtime: boolean) =>
    play({ fast: {}, more, profile: { hybrid: false, fast: context([again]) } }, async ({ engine }) => {
      const { segments } = await engine.dictate(speech(2, { realtime }), never());
      return segments.map(({ text }) => text);
    });
  expect(await read(false)).toEqual(['again', 'again after again']);
  expect(await read(true)).toEqual(['again', 'again']);
});
