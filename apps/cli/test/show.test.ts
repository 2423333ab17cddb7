import { afterEach, describe, expect, test, vi } from 'vitest';
import { dictation } from '@voiceinput/testkit';
import { createProgram } from '../src/program/program.ts';
import { bar, clock, fitting, gigabytes, megabytes } from '../src/show/bar.ts';
import { asTyped } from '../src/show/command-name.ts';
import { figures, whyUnmended } from '../src/show/figures.ts';
import { howToDictate } from '../src/show/key.ts';
import { table } from '../src/show/table.ts';

describe('the progress bar', () => {
  const transfer = { name: 'moonshine-tiny-en', doneBytes: 10_000_000, totalBytes: 40_000_000 };

  test('shows share and size', () => {
    expect(bar(transfer)).toBe(`moonshine-tiny-en  ${'█'.repeat(6)}${'░'.repeat(18)}  25 %  10.0 of 40.0 MB`);
  });

  test('is empty at the beginning and full at the end, also of nothing', () => {
    expect(bar({ ...transfer, doneBytes: 0 })).toMatch(/ {2}░{24} {2}0 % /);
    expect(bar({ ...transfer, doneBytes: 40_000_000 })).toMatch(/ {2}█{24} {2}100 % /);
    expect(bar({ ...transfer, doneBytes: 41_000_000 })).toMatch(/ {2}█{24} {2}100 % /);
    expect(bar({ ...transfer, doneBytes: 0, totalBytes: 0 })).toMatch(/ {2}█{24} {2}100 % /);
  });

  test('gives way on a narrow screen, and takes one without a width for a usual one', () => {
    expect(bar(transfer, 60)).toHaveLength(59);
    expect(bar(transfer, 20)).toMatch(/ {2}█░{3} {2}25 %/);
    expect(bar(transfer, 0)).toBe(bar(transfer, 80));
    expect(fitting(bar(transfer, 60), 59)).toBe(bar(transfer, 60));
    expect(fitting(bar(transfer, 80), 79)).toBe(bar(transfer, 80));
  });
});

test('sizes and times', () => {
  expect([megabytes(28_180_947), gigabytes(77_001_100_000)]).toEqual(['28.2', '77.0']);
  expect([0, 5_999, 65_000, 3_723_000, 36_000_000].map(clock)).toEqual(['0:00', '0:05', '1:05', '1:02:03', '10:00:00']);
});

test('a line is cut before it could wrap', () => {
  expect(fitting('Straße', 4)).toBe('Stra');
  expect(fitting('録音.wav', 5)).toBe('録音.');
  expect(fitting('録音.wav', 3)).toBe('録');
  expect(fitting('𝒳𝒳', 3)).toBe('𝒳');
  expect(fitting('short', 80)).toBe('short');
});

test('a table has columns as wide as their widest cell', () => {
  expect(
    table([
      ['A', 'LONG', 'C'],
      ['wide one', '', 'last'],
      ['', 'x', ''],
    ]),
  ).toBe(['A         LONG  C', 'wide one        last', '          x'].join('\n'));
  expect(table([])).toBe('');
});

describe('figures', () => {
  const fast = { runner: 'runner-a', model: 'small' };
  const segments = { confirmed: 0, agreed: 0, replaced: 1, kept: 0 };
  const told = (changes: object): string =>
    figures(dictation().result({ audioSamples: 24_000, lanes: { fast }, ...changes }));

  test('name both latencies, their models, and the length of the audio', () => {
    const refine = { runner: 'runner-b', model: 'large', decision: 'replaced', segments } as const;
    const line = told({ draftMs: 31.4, refinedMs: 180.6, lanes: { fast, refine } });
    expect(line).toMatch(/^release→draft 31 ms \(.*small\) · release→refined 181 ms \(.*large.*\) · 1\.5 s/);
    expect(line).not.toContain('\n');
  });

  test('leave out what there was not', () => {
    expect(told({ draftMs: 31 })).toMatch(/^release→draft 31 ms \(.*small\) · 1\.5 s/);
    expect(told({})).toMatch(/^1\.5 s/);
  });

  test('each decision reads differently', () => {
    const lines = (['confirmed', 'agreed', 'replaced', 'kept'] as const).map((decision) =>
      told({ draftMs: 1, refinedMs: 2, lanes: { fast, refine: { ...fast, decision, segments } } }),
    );
    expect(new Set(lines).size).toBe(4);
  });

  test('say why nothing was mended, and what would mend more', () => {
    const agreed = { ...fast, decision: 'agreed', segments } as const;
    const why = (refine: object, missing: readonly string[] = []) =>
      whyUnmended({ lanes: { fast, refine: { ...agreed, ...refine } } }, missing);
    expect(why({ decision: 'replaced' })).toBeUndefined();
    expect(whyUnmended({ lanes: { fast } }, ['large'])).toBeUndefined();
    expect(why({}, ['large'])).toMatch(/small reads this sample again.* voiceinput models pull large$/);
    expect(why({})).toMatch(/as it did at once\.$/);
    expect(why({ model: 'large' }, ['larger'])).toMatch(
      /^Nothing was mended: large reads this sample as small does\.$/,
    );
  });
});

test.each([
  ['F9', 'hold', 'hold F9 and speak'],
  ['F9', 'toggle', 'press F9 to start and to stop'],
  ['F9', 'hands-free', 'press F9 and speak; it stops after a silence'],
  ['', 'hold', 'no key is set'],
] as const)('what to do with the key "%s" in mode %s is: %s', (name, mode, how) => {
  expect(howToDictate(name, mode)).toBe(how);
});

describe('a command in a hint', () => {
  afterEach(() => void vi.unstubAllEnvs());

  test('is written as it can be typed: in a clone through pnpm', () => {
    vi.stubEnv('npm_package_name', 'voiceinput');
    const { commands } = createProgram('1.0.0', async () => undefined);
    for (const name of commands.map((command) => command.name())) {
      expect(asTyped(`Run: voiceinput ${name}`)).toBe(`Run: npx pnpm voiceinput ${name}`);
    }
    expect(asTyped('See voiceinput --help.')).toBe('See npx pnpm voiceinput --help.');
    expect(asTyped('voiceinput started it')).toBe('voiceinput started it');
    expect(asTyped('Fetch them with: voiceinput models pull')).toBe('Fetch them with: npx pnpm voiceinput models pull');
    expect(asTyped('the folder voiceinput is full')).toBe('the folder voiceinput is full');
    vi.stubEnv('npm_package_name', 'another');
    expect(asTyped('voiceinput doctor')).toBe('voiceinput doctor');
  });
});
