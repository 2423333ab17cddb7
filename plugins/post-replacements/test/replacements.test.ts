import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Transcript } from '@voiceinput/plugin-api';
import { conformance, fakeContext, never } from '@voiceinput/testkit';
import plugin from '@voiceinput/post-replacements';

const about = { sessionId: 'session-1', stage: 'draft', precedingText: '', words: [] } as const;

async function processed(transcript: Transcript, replacements: Record<string, string>): Promise<Transcript> {
  const part = await plugin.create({ replacements }, fakeContext(), never);
  return part.process(transcript, about, never);
}
const replaced = async (text: string, replacements: Record<string, string>, language?: string): Promise<string> =>
  (await processed({ text, ...(language === undefined ? {} : { language }) }, replacements)).text;

describe('conformance', () => {
  const replacements = { hello: 'goodbye', мир: 'свет', 世界: '世间', __proto__x: 'y' };
  for (const { name, run } of conformance(plugin, { config: { replacements }, commands: { try: { text: 'hello' } } }))
    test(name, run);
});

test('can be tried on a text', async () => {
  const part = await plugin.create({ replacements: { 'voice input': 'VoiceInput' } }, fakeContext(), never);
  expect(await part.perform?.('try', { text: 'use voice input now' }, never)).toEqual({ text: 'use VoiceInput now' });
});

describe('replacements', () => {
  test.each([
    ['a word', 'use voice input now', 'use VoiceInput now'],
    ['whatever its case', 'VOICE Input', 'VoiceInput'],
    ['over any white space', 'voice\u00a0 \n input', 'VoiceInput'],
    ['with its punctuation', '“Voice input,” he said: voice input!', '“VoiceInput,” he said: VoiceInput!'],
    ['with a possessive', "voice input's icon, voice input’s icon", "VoiceInput's icon, VoiceInput’s icon"],
    [
      'not inside a word',
      'invoice input, voice inputs, voice input_1, voice input’so',
      'invoice input, voice inputs, voice input_1, voice input’so',
    ],
    ['not in another order', 'input voice', 'input voice'],
  ])('%s', async (_, text, expected) => {
    expect(await replaced(text, { 'voice input': 'VoiceInput' })).toBe(expected);
  });

  test('the longest entry wins, and what was put in is not looked at again', async () => {
    const replacements = { new: 'old', 'new york': 'NYC', 'new york times': 'NYT', old: 'ancient', nyc: 'loop' };
    expect(await replaced('new new york new york times old', replacements)).toBe('old NYC NYT ancient');
  });

  test('an entry that goes on in vain gives way to the shorter one', async () => {
    expect(await replaced('a b c d', { 'a b': '1', 'a b c x': '2' })).toBe('1 c d');
  });

  test.each([
    [
      'lower case follows the sentence',
      'Jay son is good. Jay son! the Jay Son file',
      'Json is good. Json! the json file',
    ],
    ['also behind a quotation mark', '“Jay son,” he said', '“Json,” he said'],
    ['a sentence heard in lower case stays so', 'jay son is good', 'json is good'],
  ])('%s', async (_, text, expected) => {
    expect(await replaced(text, { 'jay son': 'json' })).toBe(expected);
  });

  test('own capitals stay as they are written', async () => {
    expect(await replaced('I phone home. I phone.', { 'i phone': 'iPhone' })).toBe('iPhone home. iPhone.');
  });

  test('an abbreviation needs its capitals', async () => {
    const replacements = { US: 'United States', us: 'you and me' };
    expect(await replaced('tell us of the US', replacements)).toBe('tell you and me of the United States');
    expect(await replaced('tell us', { US: 'United States' })).toBe('tell us');
  });

  test.each([
    ['Cyrillic', 'Гит хаб и гит хабы. ГИТ ХАБ', { 'гит хаб': 'GitHub' }, 'GitHub и гит хабы. GitHub'],
    ['ё and е are two letters', 'ёлка елка', { елка: 'ель' }, 'ёлка ель'],
    ['Chinese, without spaces', '我用语音输入法写字', { 语音输入法: 'VoiceInput' }, '我用VoiceInput写字'],
    ['Japanese', '東京テストケース', { テスト: '試験' }, '東京試験ケース'],
    ['Thai', 'ฉันรักกรุงเทพมาก', { กรุงเทพ: 'Bangkok' }, 'ฉันรักBangkokมาก'],
    ['Hebrew', 'שלום עולם', { עולם: 'world' }, 'שלום world'],
    ['Hindi, not inside a cluster', 'नमस्ते नम', { नम: 'x' }, 'नमस्ते x'],
    ['final sigma', 'ΟΔΟΣ οδος οδός', { οδος: 'street' }, 'Street street οδός'],
    ['composed and decomposed', 'cafe\u0301 café cafe', { café: 'bar' }, 'bar bar cafe'],
    ['a mark is never torn off', 'a\u0301 a', { a: 'b' }, 'a\u0301 b'],
    ['an emoji is never torn apart', '👩‍👩‍👧 👩', { '👩': 'W' }, '👩‍👩‍👧 W'],
    ['half a pair', 'a\uD83D b', { b: 'c' }, 'a\uD83D c'],
    ['apostrophes of both kinds', 'can’t can', { "can't": 'cannot', can: 'may' }, 'cannot may'],
    ['an elided article', "l'onnx", { onnx: 'ONNX' }, "l'ONNX"],
  ])('%s', async (_, text, replacements, expected) => {
    expect(await replaced(text, replacements)).toBe(expected);
  });

  test('Turkish has its own capital i', async () => {
    expect(await replaced('Eski yer.', { eski: 'iyi' }, 'tr-TR')).toBe('İyi yer.');
    expect(await replaced('Eski yer.', { eski: 'iyi' })).toBe('Iyi yer.');
  });

  test('special characters mean themselves', async () => {
    const replacements = { 'c++': 'C++', 'a.b': '$& $1 \\', '(x)': '[x]', '.*': 'all' };
    expect(await replaced('c++ a.b axb (x) .*', replacements)).toBe('C++ $& $1 \\ axb [x] all');
  });

  test('names of object properties are words like others', async () => {
    const replacements: Record<string, string> = JSON.parse('{"__proto__": "proto", "constructor": "builder"}');
    expect(await replaced('__proto__ constructor toString', replacements)).toBe('proto builder toString');
    expect(await replaced('__proto__ constructor', {})).toBe('__proto__ constructor');
  });

  test.each([
    ['a filler in the middle', 'I um think', 'I think'],
    ['between commas', 'I, um, think', 'I, think'],
    ['at the end', 'I think um.', 'I think.'],
    ['at the beginning', 'Um, we think', 'We think'],
    ['alone', 'Um', ''],
    ['twice', 'Um um, we think', 'We think'],
  ])('an empty replacement takes the word out: %s', async (_, text, expected) => {
    expect(await replaced(text, { um: '' })).toBe(expected);
  });

  test.each([
    ['first new line second', 'first\nsecond'],
    ['First. New line. Second', 'First.\nSecond'],
    ['first, new paragraph, second', 'first,\n\nsecond'],
  ])('a line break takes the spaces around it: %s', async (text, expected) => {
    expect(await replaced(text, { 'new line': '\n', 'new paragraph': '\n\n' })).toBe(expected);
  });

  test('words go when the text changes, tokens stay; without a change all stays', async () => {
    const word = { text: 'hello', startSample: 0, endSample: 1, confidence: 1 };
    const heard: Transcript = { text: 'hello', meanLogProb: -1, words: [word], tokens: [1], vocabulary: 'v' };
    expect(await processed(heard, { hello: 'bye' })).toEqual({
      text: 'bye',
      meanLogProb: -1,
      tokens: [1],
      vocabulary: 'v',
    });
    expect(await processed(heard, { other: 'bye' })).toEqual(heard);
  });
});

describe('for any text', () => {
  const alphabet = fc.constantFrom(
    'a',
    'b',
    'A',
    ' ',
    '.',
    ',',
    "'",
    'é',
    'e\u0301',
    '世',
    'ж',
    '👩‍👧',
    '\n',
    '$',
    '\uD83D',
  );
  const text = fc.string({ unit: alphabet, maxLength: 40 });
  const phrase = fc.string({ unit: alphabet, minLength: 1, maxLength: 5 }).filter((key) => key.trim() !== '');
  const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

  test('an entry that writes what it hears changes nothing but case and form', async () => {
    const canonical = (value: string) => value.normalize('NFC').toLowerCase().replace(/\s+/gu, ' ');
    await fc.assert(
      fc.asyncProperty(text, fc.array(phrase, { maxLength: 5 }), async (heard, phrases) => {
        const replacements = Object.fromEntries(phrases.map((key) => [key, key.trim()]));
        expect(canonical(await replaced(heard, replacements))).toBe(canonical(heard));
      }),
    );
  });

  test('what is not replaced keeps whole graphemes, in order', async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.array(phrase, { maxLength: 5 }), async (heard, phrases) => {
        const result = await replaced(heard, Object.fromEntries(phrases.map((key) => [key, '\u0001'])));
        const left = result
          .split('\u0001')
          .flatMap((rest) => Array.from(graphemes.segment(rest), (part) => part.segment));
        const all = Array.from(graphemes.segment(heard), (part) => part.segment);
        let at = 0;
        for (const grapheme of left) {
          at = all.indexOf(grapheme, at) + 1;
          expect(at).toBeGreaterThan(0);
        }
      }),
    );
  });

  test('among Latin words it does what a plain search does', async () => {
    const word = fc.constantFrom('red', 'green', 'blue', 'greenish');
    await fc.assert(
      fc.asyncProperty(fc.array(word), async (words) => {
        const expected = words.map((one) => (one === 'green' ? 'grün' : one)).join(' ');
        expect(await replaced(words.join(' '), { green: 'grün' })).toBe(expected);
      }),
      { seed: 3 },
    );
  });
});

test('tens of thousands of entries and a long text are no burden', async () => {
  const replacements = Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`word ${n} of many`, `w${n}`]));
  const part = await plugin.create({ replacements }, fakeContext(), never);
  const text = Array.from({ length: 2_000 }, (_, n) => `word ${n * 7} of many`).join(' ');
  const expected = Array.from({ length: 2_000 }, (_, n) => `w${n * 7}`).join(' ');
  expect((await part.process({ text }, about, never)).text).toBe(expected);
});
