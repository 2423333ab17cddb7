// What plugins offer is listed, asked for its arguments and run.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import PluginCommands from '../src/plugin-commands.tsx';
import { becomeUser, ownFolder, startDaemon } from './daemon/daemon.ts';
import type { Daemon } from './daemon/daemon.ts';
import { open } from './raycast/screen.tsx';
import { clearStage, stage } from './raycast/stage.ts';

const folder = ownFolder();
const notes = join(folder, 'notes.json');
const plugin = `
const properties = {
  word: { type: 'string', title: 'Word' },
  times: { type: 'integer', default: 2 },
  loud: { type: 'boolean' },
  where: { enum: ['first', 'last'] },
  more: { type: 'array' },
};
module.exports = {
  [Symbol.for('voiceinput.plugin')]: 1,
  id: 'post-words', kind: 'postprocessor', api: 1, title: 'Words', capabilities: { scope: 'segment', stages: [] },
  commands: [
    { id: 'add', title: 'Add a word', arguments: { type: 'object', required: ['word'], properties } },
    { id: 'count', title: 'Count the words', arguments: { type: 'object', properties: {} } },
    { id: 'fail', title: 'Fail', arguments: { type: 'object' } },
  ],
  create: async () => ({
    process: async (transcript) => transcript,
    async perform(command, args) {
      if (command === 'fail') throw new Error('There are no words.');
      if (command === 'count') return { text: '7 words' };
      require('node:fs').writeFileSync(${JSON.stringify(notes)}, JSON.stringify(args));
      return {};
    },
    close: async () => undefined,
  }),
};
`;
let daemon: Daemon;

beforeAll(async () => {
  becomeUser(folder, { plugins: ['./words.cjs'] });
  writeFileSync(join(folder, 'voiceinput', 'words.cjs'), plugin);
  daemon = await startDaemon();
});
beforeEach(clearStage);
afterAll(() => daemon.end());

test('a command without arguments runs at once; its answer is shown and can be copied', async () => {
  const screen = await open(<PluginCommands />);
  await screen.until('the commands', () => screen.all('List.Item').length >= 3);
  expect(screen.every('List.Item', 'title')).toEqual(expect.arrayContaining(['Add a word', 'Count the words']));
  await screen.press('Run', 'Count the words');
  await screen.until('the answer', () => stage.toasts[0]?.message !== undefined);
  expect(stage.toasts).toMatchObject([{ style: 'SUCCESS', title: 'Count the words', message: '7 words' }]);
  (stage.toasts[0]!.primaryAction!.onAction as () => void)();
  expect(stage.copied).toEqual(['7 words']);
});

test('arguments are asked for by a form, each in its own kind of field', async () => {
  const screen = await open(<PluginCommands />);
  await screen.until('the commands', () => screen.all('List.Item').length >= 3);
  await screen.press('Run …', 'Add a word');
  expect(screen.every('Form.TextField', 'title')).toEqual(['Word', 'times', 'more']);
  expect(screen.every('Form.TextField', 'defaultValue')).toEqual(['', '2', '']);
  expect(screen.every('Form.Checkbox', 'id')).toEqual(['loud']);
  expect(screen.every('Form.Dropdown.Item', 'value')).toEqual(['', 'first', 'last']);

  const values = { word: '', times: 'two', loud: true, where: '', more: '[1' };
  await screen.tell('Action.SubmitForm', 'onSubmit', values);
  expect(screen.every('Form.TextField', 'error')).toEqual(['It is needed', 'Expected a number', expect.any(String)]);

  await screen.tell('Action.SubmitForm', 'onSubmit', { ...values, word: 'Kubernetes', times: '3', more: '["a"]' });
  await screen.until('the list again', () => screen.all('Form').length === 0);
  expect(JSON.parse(readFileSync(notes, 'utf8'))).toEqual({ word: 'Kubernetes', times: 3, loud: true, more: ['a'] });
  expect(stage.toasts).toMatchObject([{ style: 'SUCCESS', title: 'Add a word' }]);
});

test('a command that fails says why', async () => {
  const screen = await open(<PluginCommands />);
  await screen.until('the commands', () => screen.all('List.Item').length >= 3);
  await screen.press('Run', 'Fail');
  await screen.until('a word about it', () => stage.toasts.some(({ style }) => String(style) === 'FAILURE'));
  expect(stage.toasts.at(-1)).toMatchObject({ title: 'Fail failed' });
  expect(stage.toasts.at(-1)!.message).toContain('There are no words.');
});
