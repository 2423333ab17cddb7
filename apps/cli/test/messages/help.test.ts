// Whether all that `--help` says is told in Russian too, and nothing else is.

import type { Command } from 'commander';
import { exitCodes } from '@voiceinput/plugin-api';
import { describe, expect, test } from 'vitest';
import { help } from '../../src/messages/ru/help.ts';
import { createProgram } from '../../src/program/program.ts';
import { voiceinput } from '../voiceinput/here.ts';
import { ownFolder } from '../voiceinput/scene.ts';

const folder = ownFolder();

function saidBy(command: Command): string[] {
  const shown = command.createHelp();
  return [
    command.summary(),
    command.description(),
    ...shown.visibleOptions(command).map(({ description }) => description),
    ...command.registeredArguments.map(({ description }) => description),
    command.helpGroup() ?? '',
    ...command.commands.flatMap(saidBy),
  ];
}

const said = new Set(saidBy(createProgram('0', async () => undefined)).filter((text) => text !== ''));
for (const meaning of Object.values(exitCodes)) said.add(meaning);
const frame = [
  'Usage:',
  'Options:',
  'Arguments:',
  'Commands:',
  'Examples:',
  'Exit codes:',
  '[options]',
  '[command]',
  'default:',
  'choices:',
];

describe('help in Russian', () => {
  test('has words for all of it', () => expect([...said].filter((text) => !Object.hasOwn(help, text))).toEqual([]));

  test('has no others', () =>
    expect(Object.keys(help).filter((text) => !said.has(text) && !frame.includes(text))).toEqual([]));

  test.each([[[]], [['transcribe']], [['history', 'export']], [['config', 'set']]])(
    'of %j is all Russian',
    async (words) => {
      const { stdout } = await voiceinput([...words, '--help'], { folder, env: { LC_ALL: 'ru_RU.UTF-8' } });
      const prose = stdout
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '' && !line.startsWith('voiceinput '));
      expect(prose.filter((line) => line !== 'VoiceInput' && !/[а-яё]/i.test(line))).toEqual([]);
      expect(stdout).not.toMatch(/\[options\]|\[command\]|choices:|default:/);
    },
  );
});
