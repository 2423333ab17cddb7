// What the sink takes as standing when the clipboard could not be written.

import { dictation, fakeContext } from '@voiceinput/testkit';
import { expect, test, vi } from 'vitest';
import sinkClipboard from '../src/index.ts';

const held: string[] = [];
let isBroken = false;
vi.mock('../src/open.ts', () => ({
  openClipboard: async () => ({
    async put(text: string) {
      if (isBroken) throw new Error('The display is gone.');
      held.push(text);
    },
    close: async () => undefined,
  }),
}));

test('a text that could not be put there does not count as standing', async () => {
  const never = new AbortController().signal;
  const sink = await sinkClipboard.create({}, fakeContext({ pluginId: 'sink-clipboard' }), never);
  const told = dictation();
  await sink.begin(told.info, never);
  told.settle(await sink.apply(told.edit('one', 'draft', 'I red it.'), never));
  isBroken = true;
  const refined = told.edit('one', 'refined', 'I read it.');
  await expect(sink.apply(refined, never)).rejects.toThrow('The display is gone.');
  isBroken = false;
  await sink.apply(refined, never);
  expect(held).toEqual(['I red it.', 'I read it.']);
  await sink.close();
});
