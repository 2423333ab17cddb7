import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { voiceinput } from './voiceinput/here.ts';
import { lines, voiceinput as inOwnProcess } from './voiceinput/run.ts';
import { fixture, ownFolder, withModels } from './voiceinput/scene.ts';

withModels();
const folder = ownFolder();
const pluginApi = import.meta.resolve('@voiceinput/plugin-api');
let rooms = 0;

/** A folder to run in, with these files. */
function roomWith(files: Readonly<Record<string, string | object>>): string {
  const room = join(folder, String((rooms += 1)));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(room, name, '..'), { recursive: true });
    writeFileSync(join(room, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return room;
}

const SHOUTS = `
  import { definePlugin } from ${JSON.stringify(pluginApi)};
  export default definePlugin({
    id: 'post-shouts', kind: 'postprocessor', api: 1, title: 'SHOUTS',
    capabilities: { scope: 'segment', stages: ['draft', 'refined'] },
    config: { type: 'object', additionalProperties: false, properties: { mark: { type: 'string', default: '!', description: 'At the end.' } } },
    create: async ({ mark }) => ({
      process: async (transcript) => ({ ...transcript, text: transcript.text.toUpperCase() + mark }),
      close: async () => {},
    }),
  });`;

describe('profiles', () => {
  test('come from --config, with a plugin of their own, chosen by --profile', async () => {
    const room = roomWith({
      'shouts.mjs': SHOUTS,
      'mine.json': {
        plugins: ['./shouts.mjs'],
        profiles: { loud: { hybrid: false, post: [{ use: 'post-shouts', options: { mark: '?' } }] } },
      },
    });
    const args = ['transcribe', fixture('one-word.flac'), '--config', 'mine.json', '--profile', 'loud'];
    const run = await voiceinput(args, { folder: room });
    expect(run).toMatchObject({ stderr: '', exitCode: 0, stdout: expect.stringMatching(/^YES\.?\?\n$/) });
  });

  test('an unknown one is named with the nearest', async () => {
    const room = roomWith({ 'voiceinput/config.json': { profiles: { quick: { hybrid: false } } } });
    const run = await voiceinput(['transcribe', 'a.wav', '--profile', 'quik'], { folder: room });
    expect(run.exitCode).toBe(4);
    expect(run.stderr).toMatch(/"quik".*\[ERR_PROFILE_UNKNOWN\]\n.*quick/);
  });
});

describe('a configuration in the current folder', () => {
  test('counts over the user’s own', async () => {
    const room = roomWith({
      'voiceinput/config.json': { hybrid: true, profile: 'mine', profiles: { mine: { language: 'en' } } },
      'voiceinput.json': '{ // comments are allowed\n "hybrid": false }',
    });
    const run = await voiceinput(['config', '--json'], { folder: room });
    expect(lines(run.stdout)[0]).toMatchObject({
      profile: { name: 'mine', hybrid: false, language: 'en' },
      profiles: ['default', 'mine'],
    });
    expect(run).toMatchObject({ stderr: '', exitCode: 0 });
  });

  test('cannot load code', async () => {
    const room = roomWith({
      'evil.mjs': 'process.stdout.write("EVIL")',
      'voiceinput.json': { plugins: ['./evil.mjs'] },
    });
    const run = await voiceinput(['transcribe', fixture('one-word.flac'), '--json'], { folder: room });
    expect(run).toMatchObject({ stdout: '', exitCode: 4 });
    expect(lines(run.stderr)).toMatchObject([
      {
        code: 'ERR_CONFIG_UNTRUSTED',
        message: expect.stringContaining('./evil.mjs'),
        hint: expect.stringContaining('--config'),
      },
    ]);
  });
});

describe('a configuration that is wrong', () => {
  test.each<[string, string | object, string, RegExp]>([
    [
      'has an unknown key',
      { profiles: { default: { fast: { optoins: {} } } } },
      'ERR_CONFIG_UNKNOWN_KEY',
      /profiles\.default\.fast\.optoins.*"options"/,
    ],
    [
      'has an unknown option',
      { profiles: { default: { fast: { options: { modle: 'x' } } } } },
      'ERR_CONFIG_UNKNOWN_KEY',
      /modle.*"model"/,
    ],
    ['has a wrong value', { hybrid: 'yes' }, 'ERR_CONFIG_INVALID', /hybrid is "yes"/],
    ['is in a language that nobody hears', { language: 'de' }, 'ERR_MODEL_MISSING', /hears de/],
    ['is no JSON', '{ "hybrid": }', 'ERR_CONFIG_SYNTAX', /line 1, column 13/],
    ['names a plugin that is not there', { plugins: ['./none.js'] }, 'ERR_PLUGIN_NOT_FOUND', /none\.js/],
  ])('%s', async (_what, content, code, message) => {
    const room = roomWith({ 'mine.json': content });
    // Nobody's own models: whoever tests may have one that hears German.
    const env = { VOICEINPUT_CACHE_DIR: join(room, 'no-models') };
    const run = await voiceinput(['config', 'show', '--json', '--config', 'mine.json'], { folder: room, env });
    expect(run.stdout).toBe('');
    expect(lines(run.stderr)).toMatchObject([{ type: 'error', code, message: expect.stringMatching(message) }]);
    expect(run.exitCode).toBe(code.startsWith('ERR_PLUGIN') ? 5 : code.startsWith('ERR_MODEL') ? 6 : 4);
  });

  test('is not there', async () => {
    const run = await voiceinput(['config', '--config', 'none.json'], { folder });
    expect(run).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('[ERR_CONFIG_NOT_FOUND]') });
  });
});

describe('plugins', () => {
  test('are listed with where they come from, and show their options', async () => {
    const room = roomWith({ 'shouts.mjs': SHOUTS, 'voiceinput/config.json': { plugins: ['../shouts.mjs'] } });
    const [list, one] = await Promise.all([
      voiceinput(['plugins'], { folder: room }),
      voiceinput(['plugins', 'post-shouts'], { folder: room }),
    ]);
    expect(list.stdout).toMatch(/^runner-moonshine +runner +built in /m);
    expect(list.stdout).toMatch(/^post-shouts +postprocessor +\.\.\/shouts\.mjs +SHOUTS$/m);
    expect(one.stdout).toMatch(/^mark +string +"!" +At the end\.$/m);
    expect([list.exitCode, one.exitCode]).toEqual([0, 0]);
  });

  test('an unknown one is told with the nearest', async () => {
    const run = await voiceinput(['plugins', 'sink-jsn'], { folder });
    expect(run).toMatchObject({
      exitCode: 5,
      stderr: expect.stringMatching(/\[ERR_PLUGIN_NOT_FOUND\]\n.*"sink-json"/),
    });
  });

  test.each([
    ['throws when it is imported', 'throw new Error("no such thing")', 'ERR_PLUGIN_LOAD'],
    ['is none', 'export default { id: "post-none" }', 'ERR_PLUGIN_MANIFEST'],
    ['has the id of another', SHOUTS.replaceAll('post-shouts', 'post-replacements'), 'ERR_PLUGIN_DUPLICATE'],
  ])('one that %s', async (_what, module, code) => {
    const room = roomWith({ 'bad.mjs': module, 'mine.json': { plugins: ['./bad.mjs'] } });
    const run = await voiceinput(['plugins', '--json', '--config', 'mine.json'], { folder: room });
    expect(lines(run.stderr)).toMatchObject([{ code, message: expect.stringContaining('bad.mjs') }]);
    expect(run.exitCode).toBe(5);
  });

  test('one that throws where nobody waits for it ends the program with a reason', async () => {
    const room = roomWith({
      'late.mjs': `setTimeout(() => { throw new Error('much too late') }, 0);${SHOUTS}`,
      'mine.json': { plugins: ['./late.mjs'] },
    });
    const run = await inOwnProcess(['transcribe', fixture('one-word.flac'), '--json', '--config', 'mine.json'], {
      folder: room,
    });
    expect(lines(run.stderr)).toMatchObject([
      { code: 'ERR_INTERNAL', message: expect.stringContaining('much too late') },
    ]);
    expect(run.exitCode).toBe(1);
  });
});

describe('config', () => {
  test('init writes a first file that is valid, and never over an old one', async () => {
    const room = roomWith({ 'a/b': '' });
    const first = await voiceinput(['config', 'init'], { folder: room });
    const file = join(room, 'voiceinput', 'config.json');
    expect(first).toMatchObject({ stderr: '', exitCode: 0, stdout: `Wrote ${file}\n` });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ hybrid: true });
    const [again, shown] = await Promise.all([
      voiceinput(['config', 'init'], { folder: room }),
      voiceinput(['config', 'show'], { folder: room }),
    ]);
    expect(again).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('already there') });
    expect(shown).toMatchObject({ stderr: '', exitCode: 0, stdout: expect.stringContaining(`From ${file}`) });
  });

  test.each(['', '{}', '{\n}\n'])('init fills %j, which says nothing', async (text) => {
    const room = roomWith({ 'voiceinput/config.json': '' });
    const file = join(room, 'voiceinput', 'config.json');
    writeFileSync(file, text);
    expect(await voiceinput(['config', 'init'], { folder: room })).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ replacements: { 'voice input': 'VoiceInput' } });
  });

  test('init says why no file can be written where a link leads nowhere', async () => {
    const room = roomWith({ 'a/b': '' });
    symlinkSync(join(room, 'nothing'), join(room, 'link'));
    const run = await voiceinput(['config', 'init'], { folder: room, env: { XDG_CONFIG_HOME: join(room, 'link') } });
    expect(run).toMatchObject({ stdout: '', exitCode: 8 });
    expect(run.stderr).toMatch(/link\/voiceinput\/config\.json cannot be written: .*\/link'.*\[ERR_STORAGE\]\n.*link/);
  });

  test('shows the profile and how is dictated, as they are settled', async () => {
    const room = roomWith({
      'voiceinput.json': { hybrid: false, dictation: { key: 'F9', onDraft: ['cat'], history: { textDays: 7 } } },
    });
    const settled = {
      profile: { name: 'default', hybrid: false },
      dictation: {
        mode: 'hold',
        key: 'F9',
        source: { use: 'source-microphone' },
        sink: { use: expect.stringMatching(/^sink-/) as string },
        onDraft: ['cat'],
        history: { textDays: 7, audioHours: 24, keepCorrected: false },
      },
    };
    const [forPrograms, forPeople] = await Promise.all([
      voiceinput(['config', '--json'], { folder: room }),
      voiceinput(['config'], { folder: room }),
    ]);
    expect(JSON.parse(forPrograms.stdout)).toMatchObject(settled);
    expect(forPeople.stdout).toMatch(/^The profile: \{\n/m);
    expect(JSON.parse(forPeople.stdout.split('Dictation: ')[1]!)).toMatchObject(settled.dictation);
  });

  test('schema holds the options of every plugin', async () => {
    const run = await voiceinput(['config', 'schema'], { folder });
    const schema = JSON.parse(run.stdout) as { properties: object };
    expect(Object.keys(schema.properties)).toEqual(
      expect.arrayContaining(['hybrid', 'profile', 'profiles', 'plugins']),
    );
    expect(run.stdout).toContain('moonshine-tiny-en');
    expect(run).toMatchObject({ stderr: '', exitCode: 0 });
  });
});

describe.skipIf(process.platform === 'win32')('a configuration in the current folder', () => {
  test('that is a pipe is refused and not waited for', async () => {
    const room = roomWith({ 'other.txt': '' });
    execFileSync('mkfifo', [join(room, 'voiceinput.json')]);
    const { exitCode, stderr } = await voiceinput(['config'], { folder: room });
    expect([exitCode, stderr]).toEqual([4, expect.stringMatching(/voiceinput\.json is not a regular file/)]);
  });

  test('that is nested without end is refused as what it is', async () => {
    const room = roomWith({ 'voiceinput.json': `{"profiles":${'{"a":'.repeat(60_000)}1${'}'.repeat(60_000)}}` });
    const { exitCode, stderr } = await voiceinput(['config'], { folder: room });
    expect(exitCode).toBe(4);
    expect(stderr).toMatch(/ERR_CONFIG/);
  });

  test('is not found through a relative XDG folder', async () => {
    const room = roomWith({ 'cfg/voiceinput/config.json': { hybrid: false } });
    const { stdout } = await voiceinput(['config', '--json'], {
      folder: room,
      env: { XDG_CONFIG_HOME: 'cfg', HOME: room },
    });
    expect(lines(stdout)).toMatchObject([{ profile: { hybrid: true } }]);
  });

  test('is none where the home is no folder; one that cannot be reached is told', async () => {
    const room = roomWith({ home: 'a file' });
    const env = { XDG_CONFIG_HOME: '', HOME: join(room, 'home') };
    expect(await voiceinput(['config', '--json'], { folder: room, env })).toMatchObject({ exitCode: 0, stderr: '' });
    symlinkSync('voiceinput.json', join(room, 'voiceinput.json'));
    const { exitCode, stderr } = await voiceinput(['config'], { folder: room, env });
    expect([exitCode, stderr]).toEqual([4, expect.stringMatching(/voiceinput\.json cannot be read: ELOOP/)]);
  });

  test('is not found through a relative home either, and no folder of the daemon is', async () => {
    const room = roomWith({ '.config/voiceinput/config.json': { hybrid: false }, 'run/daemon.json': '{}' });
    const env = { XDG_CONFIG_HOME: '', HOME: '.', VOICEINPUT_RUNTIME_DIR: 'run' };
    const { stdout } = await voiceinput(['config', '--json'], { folder: room, env });
    expect(lines(stdout)).not.toMatchObject([{ profile: { hybrid: false } }]);
    const { stderr } = await voiceinput(['status'], { folder: room, env });
    expect(stderr).not.toContain('run/daemon.json');
  });
});
