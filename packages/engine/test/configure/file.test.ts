import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfiguration } from '@voiceinput/engine';
import { beforeAll, describe, expect, test } from 'vitest';

const signal = new AbortController().signal;

describe('a configuration file', () => {
  let folder: string;
  const write = async (text: string): Promise<string> => {
    const path = join(folder, 'config.json');
    await writeFile(path, text);
    return path;
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'voiceinput-config-'));
  });

  test('that is not there', async () => {
    await expect(readConfiguration(join(folder, 'absent.json'), { trusted: true }, signal)).rejects.toMatchObject({
      code: 'ERR_CONFIG_NOT_FOUND',
    });
  });

  test('that is a folder', async () => {
    await expect(readConfiguration(folder, { trusted: true }, signal)).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
    });
  });

  test.each([
    ['{\n  "hybrid": yes\n}', 'line 2, column 13: a word without double quotes'],
    [
      '{ "hybrid": true,\n}',
      'line 2, column 1: expected a key in double quotes; no comma is allowed after the last entry',
    ],
    ['{ "hybrid": true', 'line 1, column 17: expected "}"'],
    ['{ "words": [ }', 'line 1, column 14: expected a value'],
    ['{ "hybrid" true }', 'line 1, column 12: expected a colon'],
    ['{ "hybrid": true "language": "en" }', 'line 1, column 18: expected a comma'],
    ['{}}', 'line 1, column 3: expected nothing more'],
    ['{ "language": "en', 'line 1, column 15: a text is not closed'],
    ['{ "language": "\\e" }', 'line 1, column 15: expected one of these after a backslash'],
    ['', 'line 1, column 1: the file is empty; write at least {}.'],
    [' \n', 'line 2, column 1: the file is empty'],
  ])('that is broken, %j, names the place and what is wrong', async (text, message) => {
    const path = await write(text);
    await expect(readConfiguration(path, { trusted: true }, signal)).rejects.toMatchObject({
      code: 'ERR_CONFIG_SYNTAX',
      message: expect.stringContaining(`is not valid JSON at ${message}`),
    });
  });

  test('that nobody chose cannot name plugins; one that was chosen can', async () => {
    const path = await write('{ "plugins": ["./evil.js"] }');
    await expect(readConfiguration(path, { trusted: false }, signal)).rejects.toMatchObject({
      code: 'ERR_CONFIG_UNTRUSTED',
      message: expect.stringContaining('./evil.js'),
    });
    expect(await readConfiguration(path, { trusted: true }, signal)).toEqual({ plugins: ['./evil.js'] });
  });

  test('with keys that were renamed works, and says what they are called now', async () => {
    const old = { sureMeanLogProb: -0.3, segments: { easyMs: 5_000, shortPauseMs: 100, minPauseMs: 150 } };
    const path = await write(JSON.stringify({ profiles: { default: old } }));
    const told: string[] = [];
    const onNote = (sentence: string): void => void told.push(sentence.slice(path.length + 2));
    const configuration = await readConfiguration(path, { trusted: true, onNote }, signal);
    expect(configuration).toEqual({
      profiles: { default: { skipRefineAboveLogProb: -0.3, segments: { softMaxMs: 5_000, minPauseMs: 150 } } },
    });
    expect(told).toEqual([
      'profiles.default.sureMeanLogProb is called profiles.default.skipRefineAboveLogProb now; the old name still works.',
      'profiles.default.segments.easyMs is called profiles.default.segments.softMaxMs now; the old name still works.',
      'profiles.default.segments.shortPauseMs is called profiles.default.segments.minPauseMs now; the old name still works.',
    ]);
  });

  test('with a key that stands twice works with the last one, and says so', async () => {
    const path = await write(
      '\uFEFF{\n"hybrid": true, // "hybrid": true\n"words": ["hybrid"],\n"dictation": {\n"key": "F8", "key": "F9" },\n"hybrid": false,\n"hybrid": false\n}',
    );
    const told: string[] = [];
    const onNote = (sentence: string): void => void told.push(sentence.slice(path.length + 2));
    expect(await readConfiguration(path, { trusted: true, onNote }, signal)).toEqual({
      hybrid: false,
      words: ['hybrid'],
      dictation: { key: 'F9' },
    });
    expect(told).toEqual([
      '"key" is set in line 5 and again in line 5; the last one counts.',
      '"hybrid" is set in line 2 and again in line 6; the last one counts.',
      '"hybrid" is set in line 6 and again in line 7; the last one counts.',
    ]);
  });

  test.each(['{ "__proto__": { "plugins": ["./evil.js"] } }', '{ "profiles": { "default": { "__proto__": {} } } }'])(
    'with what objects inherit is refused: %s',
    async (text) => {
      await expect(readConfiguration(await write(text), { trusted: true }, signal)).rejects.toMatchObject({
        code: 'ERR_CONFIG_UNKNOWN_KEY',
        message: expect.stringContaining('"__proto__"'),
      });
    },
  );

  test('may begin with a byte order mark', async () => {
    expect(await readConfiguration(await write('\uFEFF{}'), { trusted: true }, signal)).toEqual({});
  });
});
