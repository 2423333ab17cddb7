// Which models are chosen when a user says languages only: one table.

import { describe, expect, test } from 'vitest';
import { recommend } from '../src/recommend/recommend.ts';

const GB = 1_000_000_000;
const all = [
  'moonshine-tiny-en',
  'whisper-tiny',
  'whisper-base',
  'whisper-small',
  'whisper-medium',
  'whisper-large-v3-turbo',
];
const small = { memoryBytes: 4 * GB, cores: 2 };
const large = { memoryBytes: 16 * GB, cores: 8 };
const tiny = { memoryBytes: 0.9 * GB, cores: 1 };

interface Case {
  readonly languages: readonly string[];
  readonly machine: { readonly memoryBytes: number; readonly cores: number };
  readonly installed: readonly string[];
}

type Takes = Readonly<Record<string, number>>;

const recommended = ({ languages, machine, installed }: Case, known: readonly string[] = all, takes: Takes = {}) => {
  const { fast, refine, missing } = recommend({
    languages,
    ...machine,
    installed: new Map(installed.map((id) => [id, id])),
    known: new Map(known.map((id) => [id, takes[id] === undefined ? {} : { memoryBytes: takes[id] }])),
  });
  return {
    fast: fast.choice?.options['model'],
    refine: refine.choice?.options['model'],
    missing,
    why: [fast.reason, refine.reason],
  };
};

describe('what is chosen when everything is here', () => {
  test.each([
    ['English, two cores', ['en'], small, 'moonshine-tiny-en', 'whisper-small'],
    ['English of a region', ['en-GB'], small, 'moonshine-tiny-en', 'whisper-small'],
    ['English, a large machine', ['en'], large, 'moonshine-tiny-en', 'whisper-large-v3-turbo'],
    ['Russian, two cores', ['ru'], small, 'whisper-base', 'whisper-small'],
    ['Russian and English', ['ru', 'en'], small, 'whisper-base', 'whisper-small'],
    ['Russian, a large machine', ['ru'], large, 'whisper-base', 'whisper-large-v3-turbo'],
    ['many cores, little memory', ['de'], { memoryBytes: 4 * GB, cores: 8 }, 'whisper-base', 'whisper-small'],
    ['much memory, two cores', ['de'], { memoryBytes: 64 * GB, cores: 2 }, 'whisper-base', 'whisper-small'],
    ['a very small machine', ['uk'], tiny, 'whisper-tiny', 'whisper-tiny'],
    ['English, a very small machine', ['en'], tiny, 'moonshine-tiny-en', 'moonshine-tiny-en'],
  ] as const)('%s', (...[, languages, machine, fast, refine]) => {
    expect(recommended({ languages, machine, installed: all })).toMatchObject({ fast, refine, missing: [] });
  });
});

test('what a model takes by its own entry decides, not what the table says of it', () => {
  const chosen = (takes: Takes) => recommended({ languages: ['ru'], machine: small, installed: all }, all, takes);
  expect(chosen({ 'whisper-small': 1 * GB })).toMatchObject({ refine: 'whisper-small' });
  expect(chosen({ 'whisper-small': 1.1 * GB })).toMatchObject({ refine: 'whisper-base' });
  expect(chosen({ 'whisper-base': 0.2 * GB, 'whisper-small': 1.1 * GB })).toMatchObject({ fast: 'whisper-base' });
});

describe('what is chosen when some are missing', () => {
  test.each([
    [['en'], ['moonshine-tiny-en'], 'moonshine-tiny-en', 'moonshine-tiny-en', ['whisper-small']],
    [['ru', 'en'], ['moonshine-tiny-en'], undefined, undefined, ['whisper-base', 'whisper-small']],
    [['ru'], ['whisper-base'], 'whisper-base', 'whisper-base', ['whisper-small']],
    [['ru'], ['whisper-tiny', 'whisper-small'], 'whisper-tiny', 'whisper-small', ['whisper-base']],
    [['ru'], ['whisper-large-v3-turbo'], undefined, undefined, ['whisper-base', 'whisper-small']],
  ])('%j with %j', (...[languages, installed, fast, refine, missing]) => {
    expect(recommended({ languages, machine: small, installed })).toMatchObject({ fast, refine, missing });
  });
});

test('what was imported in the place of a model is chosen like it', () => {
  const installed = new Map([['whisper-base', 'my-own']]);
  const { fast, refine, missing } = recommend({
    languages: ['ru'],
    ...small,
    installed,
    known: new Map(all.map((id) => [id, {}])),
  });
  expect(fast).toMatchObject({ model: 'my-own', choice: { options: { model: 'my-own' } }, reason: 'the best for ru' });
  expect(refine).toMatchObject({ model: 'my-own', choice: { options: { model: 'my-own', beams: 4 } } });
  expect(missing).toEqual(['whisper-small']);
});

test('a model that no plugin brings is neither chosen nor missed', () => {
  const known = ['moonshine-tiny-en'];
  expect(recommended({ languages: ['ru'], machine: large, installed: [] }, known)).toMatchObject({
    fast: undefined,
    missing: [],
    why: [expect.stringContaining('no model that is known hears ru'), expect.any(String)],
  });
  expect(recommended({ languages: ['en'], machine: large, installed: known }, known)).toMatchObject({
    fast: 'moonshine-tiny-en',
    refine: 'moonshine-tiny-en',
    missing: [],
  });
});

test.each([
  [{ languages: ['ru'], machine: large, installed: all }, 'the best for ru'],
  [
    { languages: ['ru'], machine: small, installed: ['whisper-tiny'] },
    'hears ru and is here; whisper-base would be better',
  ],
  [{ languages: ['ru'], machine: small, installed: [] }, 'hears ru, but is not here'],
])('the reason is told', (circumstances, reason) => {
  expect(recommended(circumstances).why[0]).toBe(reason);
});

test('what a larger machine would take is told', () => {
  const { why } = recommended({ languages: ['ru'], machine: small, installed: all });
  expect(why[1]).toBe('the best for ru; whisper-large-v3-turbo would be too slow or too large for this machine');
});
