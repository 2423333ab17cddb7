import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Descriptor, Engine, Profile } from '@voiceinput/engine';
import { createEngine, defaultSegments } from '@voiceinput/engine';
import { definePlugin } from '@voiceinput/plugin-api';
import { concatenate, fakeModels, never, scriptedVad, silence, sine, wavOf } from '@voiceinput/testkit';
import type { ScriptStep } from '@voiceinput/testkit';
import scriptedRunner from '@voiceinput/testkit/fakes/scripted-runner';
import { choose } from '../../src/http/choice.ts';
import { createReading } from '../../src/http/reading.ts';
import type { ReadRequest } from '../../src/http/reading.ts';
import { ownFolder } from '../voiceinput/scene.ts';

const folder = ownFolder();
const path = join(folder, 'one-two.wav');
const second = [silence(8_000), sine(16_000), silence(32_000)];
writeFileSync(path, wavOf(concatenate(...second, ...second)));

let engine: Engine;
let heardWords: readonly string[];
const reading = createReading();
const listener = definePlugin<'postprocessor'>({
  id: 'post-listener',
  kind: 'postprocessor',
  api: 1,
  title: 'Remembers the words',
  capabilities: { scope: 'segment', stages: ['draft'] },
  create: async () => ({
    async process(transcript, { words }) {
      heardWords = words;
      return transcript;
    },
    close: async () => undefined,
  }),
});
const say = (...texts: string[]): readonly ScriptStep[] => texts.map((text) => ({ text }));

beforeEach(() => {
  engine = createEngine({
    models: fakeModels(),
    plugins: [
      { plugin: scriptedVad, url: 'unused' },
      { plugin: scriptedRunner, url: import.meta.resolve('@voiceinput/testkit/fakes/scripted-runner') },
      { plugin: listener, url: 'unused' },
      ...reading.plugins,
    ],
    profile: {
      name: 'test',
      hybrid: true,
      words: ['mine'],
      vad: { use: 'vad-scripted', options: {} },
      fast: { use: 'runner-scripted', options: { script: say('one draft', 'two draft') } },
      refine: { use: 'runner-scripted', options: { script: say('One better.', 'Two better.') } },
      post: [{ use: 'post-listener', options: {} }],
      lanes: {},
      segments: { ...defaultSegments, pauseMs: 400 },
    },
  });
});
afterEach(() => engine.close());

const requestOf = (changes: Partial<ReadRequest> = {}): ReadRequest => ({
  path,
  label: 'a.wav',
  words: [],
  drafted: () => undefined,
  quiet: async () => undefined,
  ...changes,
});

describe('a reading', () => {
  test('tells the draft piece by piece, with separators, and gives the better text', async () => {
    const drafts: string[] = [];
    const result = await reading.read(engine, requestOf({ drafted: (words) => void drafts.push(words) }), never);
    expect(drafts).toEqual(['one draft', ' two draft']);
    expect(result).toMatchObject({ label: 'a.wav', draft: 'one draft two draft', text: 'One better. Two better.' });
  });

  test('tells likely words, beside those of the user', async () => {
    await reading.read(engine, requestOf({ words: ['Łódź'] }), never);
    expect(heardWords).toEqual(['mine', 'Łódź']);
  });

  test('hears nothing until it is quiet', async () => {
    let asked = 0;
    let isQuiet = (): void => undefined;
    const quiet = new Promise<void>((resolve) => (isQuiet = resolve));
    const drafts: string[] = [];
    const done = reading.read(
      engine,
      requestOf({ drafted: (words) => void drafts.push(words), quiet: () => ((asked += 1), quiet) }),
      never,
    );
    await engine.ready(never);
    await expect.poll(() => asked).toBe(1);
    expect(drafts).toEqual([]);
    isQuiet();
    expect((await done).text).toBe('One better. Two better.');
    expect(asked).toBeGreaterThan(10);
  });

  test('ends where it is called off, also while it waits', async () => {
    const control = new AbortController();
    const quiet = (signal: AbortSignal) =>
      new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    const done = reading.read(engine, requestOf({ quiet }), control.signal);
    done.catch(() => undefined);
    await engine.ready(never);
    control.abort(new Error('enough'));
    await expect(done).rejects.toThrow('enough');
  });

  test('keeps what was heard before a flaw, and tells the flaw by the name that the client gave the file', async () => {
    const cut = join(folder, 'secret-cut.wav');
    writeFileSync(cut, readFileSync(path).subarray(0, -40_000));
    const { text, error } = await reading.read(engine, requestOf({ path: cut }), never);
    expect(text).toBe('One better. Two better.');
    expect(error).toMatchObject({ code: 'ERR_AUDIO_CORRUPT', message: expect.stringMatching(/^"a\.wav" /) });
  });

  test('calls a broken file by the name that the client gave it', async () => {
    const broken = join(folder, 'secret-path.wav');
    writeFileSync(broken, 'no audio');
    const asked = reading.read(engine, requestOf({ path: broken }), never);
    await expect(asked).rejects.toMatchObject({ code: 'ERR_AUDIO_FORMAT', message: expect.stringContaining('a.wav') });
    await expect(asked).rejects.not.toMatchObject({ message: expect.stringContaining('secret-path') });
  });
});

describe('the choice of a model', () => {
  const runner = (id: string, languages: string[]): Descriptor => ({
    plugin: { ...scriptedRunner, id, capabilities: { ...scriptedRunner.capabilities, languages } },
    url: 'unused',
  });
  const plugins = [runner('runner-english', ['en']), runner('runner-some', ['en', 'de']), runner('runner-any', ['*'])];
  const profile = (name: string, use: string, language?: string): Profile =>
    ({ name, fast: { use, options: {} }, ...(language !== undefined && { language }) }) as Profile;
  const profiles = [
    profile('english', 'runner-english'),
    profile('some', 'runner-some'),
    profile('any', 'runner-any', 'fr'),
    profile('free', 'runner-any'),
  ];
  const port = (inForce: string) => ({
    inForce: profiles.find(({ name }) => name === inForce)!,
    names: profiles.map(({ name }) => name),
    plugins,
    named: (wanted: string) => profiles.find(({ name }) => name === wanted)!,
  });

  test.each([
    [{}, { language: 'en' }],
    [{ model: 'voiceinput', language: 'en' }, { language: 'en' }],
    [{ model: 'whisper-1', language: 'en-GB' }, { language: 'en-GB' }],
    [{ model: 'english' }, { language: 'en' }],
    [{ model: 'some' }, { other: profiles[1] }],
    [
      { model: 'some', language: 'de' },
      { other: { ...profiles[1], language: 'de' }, language: 'de' },
    ],
    [{ model: 'free' }, { other: profiles[3] }],
    [
      { model: 'free', language: 'ja' },
      { other: { ...profiles[3], language: 'ja' }, language: 'ja' },
    ],
    [{ model: 'any' }, { other: profiles[2], language: 'fr' }],
    [
      { model: 'any', language: 'fr' },
      { other: profiles[2], language: 'fr' },
    ],
    [
      { model: 'any', language: 'ja' },
      { other: { ...profiles[2], language: 'ja' }, language: 'ja' },
    ],
  ])('for %o', (wish, choice) => {
    expect(choose(wish, port('english'))).toEqual(choice);
  });

  test.each([
    [{ model: 'gpt-9' }, 'model', 404],
    [{ language: 'de' }, 'language', 400],
    [{ model: 'some', language: 'fr' }, 'language', 400],
  ])('%o is refused', (wish, param, status) => {
    expect(() => choose(wish, port('english'))).toThrow(expect.objectContaining({ param, status }));
  });
});
