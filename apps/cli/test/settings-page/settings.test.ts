// Whether settings on the page are those of the configuration, with their defaults, and are written as the command line writes them.

import { configurationSchema } from '@voiceinput/engine/configure';
import { describe, expect, test } from 'vitest';
import { builtInPlugins } from '../../src/built-in/plugins.ts';
import { builtInSettings } from '../../src/settings/settle.ts';
import { never } from '@voiceinput/testkit';
import { changeSettings } from '../../src/settings-page/change.ts';
import { fieldsOf } from '../../src/settings-page/fields.ts';
import type { Path } from '../../src/settings-page/page/shapes.ts';
import { programsIn } from '../../src/settings-page/programs.ts';
import { knownWords } from '../../src/settings-page/titles.ts';
import { openPage } from './opened.ts';

const builtIn = await builtInSettings(never);
const OWN = `{
  // How I dictate.
  "hybrid": false, // drafts only
  "dictation": { "key": "F9" }
}
`;

const change = (path: Path, value: unknown, isAllowed = false) =>
  changeSettings({ changes: [{ path, value }] }, () => Promise.resolve(isAllowed), never);

describe('the settings', () => {
  const fields = fieldsOf({ loaded: builtIn, builtIn });

  test('have names and help in Russian, all of them', () => {
    const all = [...fields, ...fields.flatMap((field) => field.fields ?? [])];
    const strange = fields.filter(({ name }) => knownWords(name) === undefined).map(({ name }) => name);
    expect(strange).toEqual([]);
    for (const { title, help } of all) {
      expect(title.ru).toMatch(/[а-яё]/i);
      expect(help.ru).toMatch(/[а-яё]/i);
      expect(help.en).toMatch(/[a-z]/i);
    }
  });

  test('of every plugin that comes with VoiceInput have names and help in Russian', async () => {
    const plugins = (await builtInPlugins()).map(({ plugin }) => plugin);
    const schema = configurationSchema(plugins);
    const names = plugins.flatMap(({ id, config }) => {
      const options = (config?.['properties'] ?? {}) as Readonly<Record<string, { deprecated?: boolean }>>;
      // Post-processors stand in a list, which has no form of its own.
      if (id.startsWith('post-')) return [];
      return Object.entries(options).flatMap(([key, { deprecated }]) =>
        deprecated === true ? [] : [`x.options.${key}`],
      );
    });
    expect(JSON.stringify(schema)).toContain('sink-exec');
    expect(names.filter((name) => knownWords(name) === undefined)).toEqual([]);
  });

  test('are grouped, and have their defaults', () => {
    const groupOf = (name: string) => fields.find((field) => field.name === name)?.group;
    expect(groupOf('dictation.key')).toBe('dictation');
    expect(groupOf('languages')).toBe('languages');
    expect(groupOf('replacements')).toBe('text');
    expect(groupOf('dictation.sink.options.apps')).toBe('applications');
    expect(groupOf('dictation.history.keepAudio')).toBe('privacy');
    expect(groupOf('plugins')).toBe('doors');
    expect(fields.find(({ name }) => name === 'dictation.silenceMs')).toMatchObject({ standard: 2500, kind: 'number' });
    expect(fields.find(({ name }) => name === 'dictation.source.options.preRollMs')).toMatchObject({ standard: 0 });
    expect(fields.map(({ name }) => name)).not.toContain('$schema');
  });
});

describe('a change', () => {
  test('is written beside comments, and taken back', async () => {
    const page = await openPage({ file: OWN });
    await change(['dictation', 'mode'], 'toggle');
    expect(page.said()).toContain('// How I dictate.');
    expect(page.said()).toContain('// drafts only');
    expect(page.said()).toContain('"mode": "toggle"');
    await change(['dictation', 'mode'], undefined);
    expect(page.said()).not.toContain('mode');
  });

  test.each<[Path, unknown, string]>([
    [['dictation', 'silenceMs'], 12, 'ERR_CONFIG_INVALID'],
    [['dictation', 'mode'], 'hodl', 'ERR_CONFIG_INVALID'],
    [['dictation', 'kee'], 'F9', 'ERR_CONFIG_UNKNOWN_KEY'],
    [['__proto__', 'hybrid'], true, 'ERR_CONFIG_UNKNOWN_KEY'],
    [['dictation'], JSON.parse('{ "__proto__": { "onDraft": ["sh"] } }'), 'ERR_CONFIG_UNKNOWN_KEY'],
    [['constructor'], {}, 'ERR_CONFIG_UNKNOWN_KEY'],
    [['hybrid', 'x'], 1, 'ERR_CONFIG_INVALID'],
    [['profile'], 'none', 'ERR_PROFILE_UNKNOWN'],
  ])('of %j to %j is refused, and nothing is written', async (path, value, code) => {
    const page = await openPage({ file: OWN });
    await expect(change(path, value)).rejects.toMatchObject({ code });
    expect(page.said()).toBe(OWN);
  });

  test.each<[Path, unknown]>([
    [['plugins'], ['/tmp/evil.mjs']],
    [
      ['dictation', 'onDraft'],
      ['sh', '-c', 'true'],
    ],
    [['dictation', 'onRefined'], ['sh']],
    [['dictation', 'sink'], { use: 'sink-exec', options: { command: ['sh'] } }],
    [['dictation'], { sink: { use: 'sink-exec', options: { command: ['sh'] } } }],
    [['profiles', 'default', 'post'], [{ use: 'post-evil' }]],
  ])('that would run a program (%j) is asked about outside of the page', async (path, value) => {
    const page = await openPage({ file: OWN });
    await expect(change(path, value)).rejects.toMatchObject({ code: 'ERR_NOT_CONFIRMED' });
    expect(page.said()).toBe(OWN);
  });

  test('that would run a program is written once it was allowed, and needs no question to be taken back', async () => {
    const page = await openPage({ file: OWN });
    await change(['dictation', 'onDraft'], ['cat'], true);
    expect(page.said()).toContain('"cat"');
    // The same program as before.
    await change(['dictation', 'cues'], false);
    await change(['dictation', 'onDraft'], undefined);
    expect(page.said()).not.toContain('onDraft');
  });
});

test('a program is told by what it runs', async () => {
  const exec = (command: readonly string[]) => ({ dictation: { sink: { use: 'sink-exec', options: { command } } } });
  expect(await programsIn(exec(['a']))).not.toEqual(await programsIn(exec(['b'])));
  expect(await programsIn({ dictation: { sink: { use: 'sink-desktop' }, onDraft: [] } })).toEqual(new Set());
});
