// What is said where so few files may be open that not even the program can be read.

import { sentenceIn } from '@voiceinput/client';
import { errorTable } from '@voiceinput/plugin-api';
import { describe, expect, test } from 'vitest';
import { voiceinput } from '../voiceinput/run.ts';
import { ownFolder } from '../voiceinput/scene.ts';

const folder = ownFolder();
const { summary, hint } = errorTable.ERR_DESCRIPTORS;
const within = (files: number) => ['sh', '-c', `ulimit -n ${files} && exec "$@"`, 'sh'];

describe.skipIf(process.platform !== 'linux')('where few files may be open', () => {
  test.each([24, 40, 64])('%i files: what is missing, for programs', async (files) => {
    const { exitCode, stdout, stderr } = await voiceinput(['languages', '--json'], { folder, within: within(files) });
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(JSON.parse(stderr)).toEqual({ type: 'error', code: 'ERR_DESCRIPTORS', message: summary, hint });
  });

  test('the same for people, in their language', async () => {
    const env = { LC_ALL: 'ru_RU.UTF-8' };
    const { stderr } = await voiceinput(['languages'], { folder, env, within: within(40) });
    const [inRussian, whatToDo] = [summary, hint].map((sentence) => sentenceIn('ru', sentence));
    expect(stderr).toBe(`ошибка: ${inRussian} [ERR_DESCRIPTORS]\n  ${whatToDo}\n`);
  });
});
