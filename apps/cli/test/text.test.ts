import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lines, voiceinput } from './voiceinput/run.ts';
import { ownFolder } from './voiceinput/scene.ts';

const folder = ownFolder();

const text = (input: string, args: readonly string[] = []) =>
  voiceinput(['text', ...args], { folder, stdin: [Buffer.from(input)] });

test('plain lines and requests in JSON are answered line by line, in order', async () => {
  const requests = [
    'We must go.',
    JSON.stringify({ text: 'We must go.', before: 'I told him that', after: 'later', language: 'en' }),
    JSON.stringify({ text: 'Мы должны идти.', before: 'Я сказал, что ', after: '', language: 'ru' }),
  ];
  const { stdout, exitCode } = await text(`${requests.join('\n')}\n`);
  expect(exitCode).toBe(0);
  expect(lines(stdout)).toMatchObject([{ text: 'We must go.' }, { text: ' we must go ' }, { text: 'мы должны идти.' }]);
});

test('the post-processors of the profile come first, and each step shows its result', async () => {
  const config = join(folder, 'mine.json');
  writeFileSync(
    config,
    JSON.stringify({
      profiles: {
        default: { post: [{ use: 'post-replacements', options: { replacements: { 'voice input': 'VoiceInput' } } }] },
      },
    }),
  );
  const { stdout } = await text('{"text":"Try voice input.","before":"so","after":""}\n', ['--config', config]);
  expect(lines(stdout)).toEqual([
    {
      text: ' try VoiceInput.',
      steps: [
        { step: 'post-replacements', text: 'Try VoiceInput.' },
        { step: 'marks', text: 'Try VoiceInput.' },
        { step: 'capital', text: 'try VoiceInput.' },
        { step: 'spaces', text: ' try VoiceInput.' },
      ],
    },
  ]);
});

test('no model is needed that hears the language', async () => {
  const config = join(folder, 'russian.json');
  writeFileSync(config, JSON.stringify({ language: 'ru' }));
  const { stdout, exitCode } = await text('{"text":"Мы идём.","before":"и "}\n', ['--config', config]);
  expect(exitCode).toBe(0);
  expect(lines(stdout)).toMatchObject([{ text: 'мы идём.' }]);
});

test.each([
  ['{"text":"x","field":"comments"}', '"field" cannot have the value "comments"'],
  ['{"before":"x"}', '"text" is missing'],
  ['{"text":"x","befor":"y"}', '"befor" is not known'],
  ['{"text":5}', '"text" cannot have the value 5'],
  ['{text}', 'JSON'],
])('%s is refused with the line, the reason and the form of a request', async (line, reason) => {
  const { stdout, stderr, exitCode } = await text(`Hello.\n${line}\n`);
  expect(exitCode).toBe(2);
  expect(lines(stdout)).toHaveLength(1);
  expect(stderr).toContain('Line 2');
  expect(stderr).toContain(reason);
  expect(stderr).toContain('"before"');
});
