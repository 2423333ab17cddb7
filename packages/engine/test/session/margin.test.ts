// How much sound around speech each of two runners hears that read the same segment.

import { defaultSegments } from '@voiceinput/engine';
import { scriptedRunner } from '@voiceinput/testkit';
import { expect, test } from 'vitest';
import { never, play, speech } from './stage.ts';

const url = import.meta.resolve('@voiceinput/testkit/fakes/scripted-runner');
const more = [{ plugin: scriptedRunner({ id: 'runner-narrow' }), url }];
/** Speech begins after 500 ms; a clip with 100 ms before it begins behind sample 6 000. */
const script = [
  { when: { fromSample: 6_000 }, text: 'narrow', repeat: true },
  { text: 'wide', repeat: true },
];
const fast = { use: 'runner-narrow', options: { script } };
const refine = { use: 'runner-scripted', options: { script } };
const segments = { ...defaultSegments, padMs: 400, pauseMs: 400 };

test('is what each wants', () =>
  play(
    {
      fast: {},
      refine: {},
      more,
      profile: { fast, refine, segments, padMsOf: { 'runner-narrow': 100, 'runner-scripted': 400 } },
    },
    async ({ engine }) => {
      expect(await engine.dictate(speech(1), never())).toMatchObject({ draft: 'narrow', text: 'wide' });
    },
  ));

test('is what the profile says, where it does', () =>
  play({ fast: {}, refine: {}, more, profile: { fast, refine, segments } }, async ({ engine }) => {
    expect(await engine.dictate(speech(1), never())).toMatchObject({ draft: 'wide', text: 'wide' });
  }));
