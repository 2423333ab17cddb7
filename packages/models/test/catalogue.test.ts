// Whether the models of several plugins become one list.

import { bytesOf, catalogueOf, openModelStore } from '@voiceinput/models';
import { never } from '@voiceinput/testkit';
import { expect, test } from 'vitest';
import { makeModel } from './made-model.ts';
import { bringing } from './scene.ts';

const one = makeModel({ id: 'made-one' }).entry;
const other = makeModel({ id: 'made-other' }).entry;
const plugin = (id: string, models: Parameters<typeof bringing>[0]) => ({
  plugin: { ...bringing(models).plugin, id },
});

test('every model tells which plugin brings it, in the order of the plugins', () => {
  const catalogue = catalogueOf([
    plugin('runner-a', [one]),
    { plugin: { id: 'sink-b', kind: 'sink' } },
    plugin('runner-c', [other]),
  ]);
  expect(catalogue).toEqual([
    { ...one, plugin: 'runner-a', kind: 'runner' },
    { ...other, plugin: 'runner-c', kind: 'runner' },
  ]);
  expect(bytesOf(one)).toBe(120_000);
});

test('a model that two plugins bring alike is listed once', () => {
  const catalogue = catalogueOf([plugin('runner-a', [one]), plugin('runner-b', [one])]);
  expect(catalogue.map(({ plugin: by }) => by)).toEqual(['runner-a']);
});

test('two models of one id with different files are refused', () => {
  const changed = { ...one, files: one.files.map((file) => ({ ...file, sha256: '0'.repeat(64) })) };
  expect(() => catalogueOf([plugin('runner-a', [one]), plugin('runner-b', [changed])])).toThrow(
    expect.objectContaining({
      code: 'ERR_PLUGIN_DUPLICATE',
      message: expect.stringContaining('runner-a and runner-b both provide a model "made-one"') as string,
    }),
  );
});

test.each([
  ['made-onne', /Did you mean "made-one"\?/],
  ['foo', /voiceinput models/],
])('an unknown id, %j, is refused with those there are; only a near one is proposed', async (id, hint) => {
  const store = openModelStore({ folder: '/nowhere', plugins: [bringing([one, other])] });
  await expect(store.locate(id, never)).rejects.toMatchObject({
    code: 'ERR_MODEL_UNKNOWN',
    message: `There is no model "${id}"; there is made-one, made-other.`,
    hint: expect.stringMatching(hint),
  });
});
