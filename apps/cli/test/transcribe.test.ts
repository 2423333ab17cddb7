import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ErrorLine, ResultLine, TextLine } from '@voiceinput/plugin-api';
import { cacheFolder } from '@voiceinput/models';
import { missingPrograms } from '@voiceinput/rig/programs';
import { voiceinput } from './voiceinput/here.ts';
import { lines, voiceinput as inOwnProcess } from './voiceinput/run.ts';
import type { Ended } from './voiceinput/run.ts';
import { bundled, fixture, ownFolder, withModels } from './voiceinput/scene.ts';
import { wordErrorRate } from './voiceinput/word-errors.ts';

withModels();
const folder = ownFolder();

const told = ({ stdout }: Ended) => lines(stdout) as unknown as (TextLine | ResultLine)[];
const resultsOf = (run: Ended): ResultLine[] => told(run).filter((line): line is ResultLine => line.type === 'result');
const textsOf = (run: Ended): TextLine[] => told(run).filter((line): line is TextLine => line.type === 'text');

/** What the first run of several files wrote. */
let several: Ended;

describe('several files as JSON', () => {
  const given = [
    bundled('sample.flac'),
    ...['missing.flac', 'long.flac', 'silence.flac', 'noise.flac', 'music.flac'].map(fixture),
  ];
  let run: Ended;
  beforeAll(async () => {
    several = run = await voiceinput(['transcribe', ...given, '--json'], { folder });
  });
  const resultOf = (name: string): ResultLine => resultsOf(run).find(({ file }) => file.endsWith(name))!;

  test('gives a result for each file that gave audio, named as it was given, in that order', () => {
    expect(resultsOf(run).map(({ file }) => file)).toEqual(given.filter((file) => file !== fixture('missing.flac')));
  });

  test('a broken file is told as an error and does not stop the others', () => {
    expect(lines(run.stderr) as unknown as ErrorLine[]).toEqual([
      {
        type: 'error',
        code: 'ERR_FILE_NOT_FOUND',
        message: expect.stringContaining('missing.flac'),
        hint: expect.any(String),
        file: fixture('missing.flac'),
      },
    ]);
    expect(run.exitCode).toBe(3);
  });

  test('a text line has just these fields, and a time that passes', () => {
    for (const line of textsOf(run)) {
      expect(Object.keys(line)).toEqual(['type', 'stage', 'segmentId', 'text', 'startMs', 'endMs', 'language']);
      expect(line.endMs).toBeGreaterThan(line.startMs);
      expect(['draft', 'refined']).toContain(line.stage);
    }
  });

  test('a result line has just these fields', () => {
    expect(resultOf('sample.flac')).toEqual({
      type: 'result',
      file: bundled('sample.flac'),
      audioMs: expect.closeTo(10_428, -2),
      draft: expect.any(String),
      text: expect.any(String),
      draftMs: expect.any(Number),
      refinedMs: expect.any(Number),
      polishedMs: null,
      lanes: {
        fast: { runner: 'runner-moonshine', model: 'moonshine-tiny-en' },
        refine: {
          runner: 'runner-moonshine',
          model: 'moonshine-tiny-en',
          decision: expect.stringMatching(/^(confirmed|agreed|replaced|kept)$/),
          decided: expect.stringMatching(/^(confirmed|agreed|replaced|kept)$/),
        },
      },
    });
  });

  test('every segment has a draft, then a refined text, and the result puts them together', () => {
    const all = told(run);
    for (const file of ['sample.flac', 'long.flac']) {
      const end = all.findIndex((line) => line.type === 'result' && line.file.endsWith(file));
      const begin = all.slice(0, end).findLastIndex(({ type }) => type === 'result') + 1;
      const texts = all.slice(begin, end) as TextLine[];
      const ids = new Set(texts.map(({ segmentId }) => segmentId));
      expect(ids.size).toBeGreaterThan(0);
      for (const id of ids) {
        const stages = texts.filter(({ segmentId }) => segmentId === id).map(({ stage }) => stage);
        expect(stages).toEqual(['draft', 'refined']);
      }
      const whole = (stage: string): string =>
        texts
          .filter((line) => line.stage === stage)
          .toSorted((one, other) => one.startMs - other.startMs)
          .map(({ text }) => text)
          .join(' ');
      expect(all[end]).toMatchObject({ draft: whole('draft'), text: whole('refined') });
    }
  });

  test.each([
    ['sample.flac', readFileSync(bundled('sample.txt'), 'utf8'), { draft: 0.3, refined: 0.07 }],
    ['long.flac', longText(), { draft: 0.1, refined: 0.1 }],
  ])('hears %s well enough', (name, said, limit) => {
    const { draft, text } = resultOf(name);
    expect(wordErrorRate(said, draft)).toBeLessThanOrEqual(limit.draft);
    expect(wordErrorRate(said, text)).toBeLessThanOrEqual(limit.refined);
  });

  test('the bundled sample shows what the second reading is for', () => {
    const { draft, text, lanes } = resultOf('sample.flac');
    expect(lanes.refine).toMatchObject({ decision: 'replaced' });
    const said = readFileSync(bundled('sample.txt'), 'utf8');
    expect(wordErrorRate(said, text)).toBeLessThan(wordErrorRate(said, draft));
  });

  test.each(['silence.flac', 'noise.flac', 'music.flac'])(
    'hears nothing in %s, and says since when there is nothing',
    (name) => {
      expect(resultOf(name)).toMatchObject({ draft: '', text: '', draftMs: null, refinedMs: null });
    },
  );
});

test('silence is told to people, beside the output', async ({ skip }) => {
  const missing = process.platform === 'linux' ? missingPrograms('script') : 'Elsewhere `script` takes other words.';
  if (missing !== undefined) skip(missing);
  const atTerminal = ['sh', '-c', 'script -qec "$* > out.txt" /dev/null', 'sh'];
  const run = await inOwnProcess(['transcribe', fixture('silence.flac')], { folder, within: atTerminal });
  // A slow machine shows how far it is before.
  expect(run.stdout.split('\r\n').at(-2)?.split('\r').at(-1)).toContain(
    `No speech found in ${fixture('silence.flac')}.`,
  );
  expect(run.exitCode).toBe(0);
  expect(readFileSync(join(folder, 'out.txt'), 'utf8')).toBe('');
});

test('docs/JSON.md shows every field of every line', () => {
  const page = readFileSync(new URL('../../../docs/JSON.md', import.meta.url), 'utf8');
  const shown = lines(/```json\n(?<lines>[^]*?)```/.exec(page)!.groups!['lines']!);
  const fieldsOf = (line: object): string[] => Object.keys(line).toSorted();
  expect(new Set(shown.map(({ type }) => type))).toEqual(new Set(['text', 'result', 'error']));
  for (const line of shown) {
    const real = [...lines(several.stdout), ...lines(several.stderr)].find(({ type }) => type === line['type'])!;
    expect(fieldsOf(line)).toEqual(fieldsOf(real));
    for (const field of fieldsOf(line).filter((name) => name !== 'type'))
      expect(page).toMatch(new RegExp(`\`(lanes\\.)?${field}[\`.]`));
  }
});

test.skipIf(process.platform !== 'linux')('libraries write nothing beside, not even without a home', async () => {
  // ONNX Runtime is quieter where CI is set.
  const env = { CI: '', HOME: '/proc/no-home', VOICEINPUT_CACHE_DIR: cacheFolder() };
  const { stderr, exitCode } = await inOwnProcess(['transcribe', '--json', fixture('one-word.flac')], { folder, env });
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
});

describe('every format of audio', () => {
  const names = [
    '8khz-stereo.wav',
    'flac.flac',
    'm4a.m4a',
    'm4a-index-first.m4a',
    'mp3.mp3',
    'opus.ogg',
    's16.wav',
    'vorbis.ogg',
  ];
  let run: Ended;
  beforeAll(async () => {
    const files = [...names, '96khz-24bit.wav', 'float.wav'].map((name) => fixture(`formats/${name}`));
    run = await voiceinput(['transcribe', ...files, '--no-hybrid', '--json'], { folder });
  });

  test('is read', () => {
    expect(run.stderr).toBe('');
    expect(run.exitCode).toBe(0);
    expect(resultsOf(run)).toHaveLength(names.length + 2);
  });

  test.each(names)('%s is understood', (name) => {
    const { text } = resultsOf(run).find(({ file }) => basename(file) === name)!;
    expect(wordErrorRate('The brown fox waits by the river.', text)).toBeLessThanOrEqual(0.3);
  });

  test('without hybrid there is no refined text and no refine lane', () => {
    expect(textsOf(run).map(({ stage }) => stage)).not.toContain('refined');
    for (const { lanes, refinedMs, draft, text } of resultsOf(run)) {
      expect([lanes.refine, refinedMs]).toEqual([null, null]);
      expect(text).toBe(draft);
    }
  });
});

describe('at the speed of speech', () => {
  test('partial words grow until the draft stands, and latency counts from the end of the audio', async () => {
    const startedAtMs = performance.now();
    const run = await voiceinput(['transcribe', fixture('two-sentences.flac'), '--realtime', '--json'], { folder });
    const tookMs = performance.now() - startedAtMs;
    const [result] = resultsOf(run);
    const partials = textsOf(run).filter(({ stage }) => stage === 'partial');
    expect(run.stderr).toBe('');
    expect(tookMs).toBeGreaterThanOrEqual(result!.audioMs);
    expect(partials.length).toBeGreaterThan(0);
    for (const { segmentId } of partials) {
      const ends = partials.filter((line) => line.segmentId === segmentId).map(({ endMs }) => endMs);
      expect(ends).toEqual(ends.toSorted((a, b) => a - b));
      const stages = textsOf(run)
        .filter((line) => line.segmentId === segmentId)
        .map(({ stage }) => stage);
      expect(stages.slice(-2)).toEqual(['draft', 'refined']);
      expect(stages.lastIndexOf('partial')).toBeLessThan(stages.indexOf('draft'));
    }
    expect(result!.draftMs).toBeGreaterThanOrEqual(0);
    expect(result!.refinedMs).toBeGreaterThanOrEqual(result!.draftMs!);
    // Counted from the first sample, as for a file that is not live, it would hold the audio, too.
    expect(result!.draftMs).toBeLessThan(tookMs - result!.audioMs);
  });
});

describe('standard input', () => {
  const wav = readFileSync(fixture('formats/s16.wav'));

  test('takes a WAV file', async () => {
    const run = await inOwnProcess(['transcribe', '-', '--json', '--no-hybrid'], { folder, stdin: [wav] });
    expect(run).toMatchObject({ stderr: '', exitCode: 0 });
    expect(resultsOf(run)[0]).toMatchObject({ file: '-', text: expect.stringMatching(/fox/i) });
  });

  test('takes headerless audio', async () => {
    const samples = wav.subarray(wav.indexOf('data') + 8);
    const run = await inOwnProcess(['transcribe', '-', '--raw', '--no-hybrid'], {
      folder,
      stdin: [samples.subarray(0, 12_345), samples.subarray(12_345)],
    });
    expect(run).toMatchObject({ stderr: '', exitCode: 0, stdout: expect.stringMatching(/fox.*\n$/i) });
  });
});

describe('formats for people and players', () => {
  test('text of several files says which is whose', async () => {
    const files = ['one-word.flac', 'two-sentences.flac'].map(fixture);
    const run = await voiceinput(['transcribe', ...files, '--no-hybrid'], { folder });
    expect(run).toMatchObject({ stderr: '', exitCode: 0 });
    const blocks = run.stdout.split('\n\n').map((block) => block.split('\n'));
    expect(blocks.map(([heading]) => heading)).toEqual(files.map((file) => `==> ${file} <==`));
    expect(blocks.map(([, text]) => text)).toEqual([
      expect.stringMatching(/^Yes/),
      expect.stringMatching(/^Please close the window/),
    ]);
  });

  test('SRT', async () => {
    const run = await voiceinput(['transcribe', fixture('two-sentences.flac'), '--format', 'srt', '--no-hybrid'], {
      folder,
    });
    expect(run).toMatchObject({ stderr: '', exitCode: 0 });
    const cues = run.stdout
      .trimEnd()
      .split('\n\n')
      .map((cue) => cue.split('\n'));
    expect(cues.length).toBeGreaterThan(0);
    for (const [index, [number, time]] of cues.entries()) {
      expect(number).toBe(String(index + 1));
      expect(time).toMatch(/^00:00:0\d,\d{3} --> 00:00:0\d,\d{3}$/);
    }
    const text = cues.flatMap((cue) => cue.slice(2)).join(' ');
    expect(text).toMatch(/^Please close the window.*here\.$/);
  });

  test('WebVTT', async () => {
    const run = await voiceinput(['transcribe', fixture('one-word.flac'), '-f', 'vtt', '--no-hybrid'], { folder });
    expect(run.stdout).toMatch(/^WEBVTT\n\n00:00:00\.\d{3} --> 00:00:0\d\.\d{3}\nYes\.?\n$/);
    expect(run).toMatchObject({ stderr: '', exitCode: 0 });
  });

  test('subtitles of several files would be of none', async () => {
    const run = await voiceinput(['transcribe', 'a.wav', 'b.wav', '--format', 'srt'], { folder });
    expect(run).toMatchObject({ stdout: '', exitCode: 2, stderr: expect.stringContaining('ERR_USAGE') });
  });
});

describe('a human voice', () => {
  const sounds = '/usr/share/sounds/alsa';
  const clips = ['Front_Center', 'Front_Left', 'Front_Right', 'Rear_Center', 'Side_Left', 'Side_Right'];
  const files = clips.map((clip) => join(sounds, `${clip}.wav`));

  test('is understood', async ({ skip }) => {
    if (!files.every((file) => existsSync(file))) skip('Install alsa-utils for clips of a human voice.');
    const run = await voiceinput(['transcribe', ...files, '--json', '--no-hybrid'], { folder });
    expect(run).toMatchObject({ stderr: '', exitCode: 0 });
    const said = clips.map((clip) => clip.replace('_', ' ')).join(' ');
    const heard = resultsOf(run).map(({ text }) => text);
    expect(wordErrorRate(said, heard.join(' '))).toBeLessThanOrEqual(0.35);
  });
});

/** What `fixtures/make.sh` lets the voice say. */
function longText(): string {
  const script = readFileSync(fixture('make.sh'), 'utf8');
  const call = /string 0\.6 long\.flac \\\n(?<sentences>(?: {2}".*"(?: \\)?\n)+)/.exec(script);
  return [...call!.groups!['sentences']!.matchAll(/"(.*)"/g)].map(([, sentence]) => sentence).join(' ');
}
