import type { RemoteCommand } from '@voiceinput/client';
import { expect, test } from 'vitest';
import { commands } from '../../src/menu/lists.ts';
import { languages } from '../../src/messages/messages.ts';
import { nothingKnown } from '../../src/state/known.ts';

const command = (id: string, required?: readonly string[]): RemoteCommand => ({
  plugin: 'post-x',
  id,
  title: `Do ${id}`,
  arguments: { type: 'object', ...(required !== undefined && { required }) },
});
const shown = (...all: readonly RemoteCommand[]) => commands({ ...nothingKnown, commands: all }, languages.en);

test('commands that need arguments are left to the command line', () => {
  const [menu] = shown(command('reload'), command('add', ['word']), command('sort', []));
  expect(menu).toMatchObject({ label: 'Plugin commands', items: [{ label: 'Do reload' }, { label: 'Do sort' }] });
});

test('where all need some, there is no such menu', () => {
  expect(shown(command('add', ['word']))).toEqual([]);
});
