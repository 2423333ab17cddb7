// What is said of a data set to people, and to programs.

import { afterEach, expect, test, vi } from 'vitest';
import { summaryText, Tally } from '../../src/dataset/tally.ts';

afterEach(() => vi.unstubAllEnvs());

/** Of one short clip; two others were left out. */
function summary() {
  const tally = new Tally();
  tally.added = 1;
  tally.leaveOut('no-text', 2);
  const lines = { train: [{ duration_ms: 9_000, group: 'a' }], validation: [], test: [] };
  return tally.summary('/data', { lines } as never);
}

test('people read it in their language', () => {
  vi.stubEnv('VOICEINPUT_LANGUAGE', 'ru');
  const text = summaryText(summary());
  expect(text).toMatch(/^ЧАСТЬ/);
  expect(text).toContain('Записано: 1, папка /data.\nПропущено: без текста: 2.\nПроверять не на чем');
  expect(text).toMatch(/\n9 с для обучения — очень мало/);
  expect(text).not.toMatch(/[A-Z]{4}|written|Left out/);
});

test('programs read the doubts in English, whatever the language', () => {
  vi.stubEnv('VOICEINPUT_LANGUAGE', 'ru');
  expect(summary().doubts).toEqual([
    expect.stringMatching(/^Nothing is kept apart/),
    expect.stringMatching(/^9 s to learn/),
  ]);
});
