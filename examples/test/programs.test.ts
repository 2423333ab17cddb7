// Shows that the small programs do what they say.

import { expect, test } from 'vitest';
import { examples, fixture, node, outputOf } from './run.ts';

const SLOW_MS = 120_000;
const speech = fixture('two-sentences.flac');
const program = (name: string) => node(['--import', 'jiti/register', `${name}.ts`, speech], examples);

test(
  'transcribe-file prints the drafts, then the refined texts, then all of it',
  async () => {
    const lines = outputOf(await program('transcribe-file'))
      .trim()
      .split('\n');
    const stages = lines.map((line) => line.split(':')[0]!);
    expect(stages).toEqual(['draft', 'refined', 'done']);
    expect(lines.at(-1)).toMatch(/^done: Please close the window\. .*cold in here\.$/);
  },
  SLOW_MS,
);

test(
  'watch-stages tells drafts from refined texts while the subtitles go their own way',
  async () => {
    const ran = await program('watch-stages');
    expect(outputOf(ran)).toMatch(
      /^WEBVTT\n\n00:00:00\.\d{3} --> 00:00:0\d\.\d{3}\nPlease close the window\. It\nis getting cold/,
    );
    expect(ran.stderr).toMatch(/^fast lane: process \d+$/m);
    expect(ran.stderr).toMatch(/^refine lane: process \d+$/m);
    expect(ran.stderr).toContain('segment-1 heard as: Please close the window.');
    expect(ran.stderr).toMatch(/^segment-1 (agreed|replaced|confirmed|kept): .*cold in here\.$/m);
  },
  SLOW_MS,
);
