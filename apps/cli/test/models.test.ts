import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { never } from '@voiceinput/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import { voiceinput } from './voiceinput/here.ts';
import { lines, voiceinput as inOwnProcess } from './voiceinput/run.ts';
import { builtInIds, builtInModels, bundled, fixture, NO_NETWORK, ownFolder, withModels } from './voiceinput/scene.ts';

withModels();
const folder = ownFolder();
const cache = join(folder, 'cache');
const ids = builtInIds;
const env = { ...NO_NETWORK, VOICEINPUT_CACHE_DIR: cache };
/** Where the models lie that tests use. */
const sources = new Map<string, string>();

beforeAll(async () => {
  for (const { entry, folder: source } of await builtInModels.list(never)) sources.set(entry.id, source);
});

const statesOf = async (): Promise<unknown[]> => {
  const { stdout } = await voiceinput(['models', '--json'], { folder, env });
  const all = JSON.parse(stdout) as { id: string; state: string }[];
  return ids.map((id) => all.find((model) => model.id === id)?.state);
};

describe('a first run without a network', () => {
  const empty = { ...NO_NETWORK, VOICEINPUT_CACHE_DIR: join(folder, 'empty') };

  test('says what to do, once and soon', async () => {
    const startedAtMs = performance.now();
    const files = [fixture('one-word.flac'), bundled('sample.flac')];
    const run = await voiceinput(['transcribe', ...files, '--json'], { folder, env: empty });
    expect(lines(run.stderr)).toEqual([
      {
        type: 'error',
        code: 'ERR_MODEL_OFFLINE',
        message: expect.stringContaining(NO_NETWORK.npm_config_registry),
        hint: expect.stringContaining('voiceinput models pull'),
      },
    ]);
    expect(run.exitCode).toBe(6);
    expect(performance.now() - startedAtMs).toBeLessThan(20_000);
  });

  test('says it to people, too', async () => {
    const run = await voiceinput(['transcribe', fixture('one-word.flac')], { folder, env: empty });
    expect(run.stderr.match(/^error: /gm)).toHaveLength(1);
    expect(run).toMatchObject({
      stdout: '',
      exitCode: 6,
      stderr: expect.stringMatching(/\[ERR_MODEL_OFFLINE\]\n.*models pull/),
    });
  });

  test('doctor names the one command', async () => {
    const [text, json] = await Promise.all([
      voiceinput(['doctor'], { folder, env: empty }),
      voiceinput(['doctor', '--json'], { folder, env: empty }),
    ]);
    expect(text.stdout).toMatch(/^✗ models .*not fetched yet.*\n +→ voiceinput models pull$/m);
    expect(text.stdout.match(/^✗/gm)).toHaveLength(1);
    expect(JSON.parse(json.stdout)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ what: 'models', state: 'broken', fix: 'voiceinput models pull' }),
        expect.objectContaining({ what: 'machine', state: 'works' }),
      ]),
    );
    expect([text.exitCode, json.exitCode]).toEqual([7, 7]);
  });
});

describe('models', () => {
  test('are imported, used, found damaged, and removed', async () => {
    expect(await statesOf()).toEqual(ids.map(() => 'absent'));
    for (const id of ids) {
      const imported = await voiceinput(['models', 'import', id, sources.get(id)!], { folder, env });
      expect(imported).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(cache) });
      expect(imported.stderr).toMatch(new RegExp(`^Importing ${id} \\(.* MB\\) …\n$`));
    }
    expect(await statesOf()).toEqual(ids.map(() => 'ready'));

    const args = ['transcribe', fixture('one-word.flac'), '--no-hybrid'];
    const heard = await voiceinput(args, { folder, env });
    expect(heard).toMatchObject({ stderr: '', exitCode: 0, stdout: expect.stringMatching(/yes/i) });

    breakModel('moonshine-tiny-en');
    const verified = await voiceinput(['models', 'verify'], { folder, env });
    expect(verified.stdout).toMatch(/^moonshine-tiny-en +\w+ +changed$/m);
    expect(verified.stdout).toMatch(/^silero-vad-v6 +\w+ +whole$/m);
    expect(verified).toMatchObject({
      exitCode: 6,
      stderr: expect.stringMatching(/\[ERR_MODEL_FILES\]\n.*models pull moonshine-tiny-en$/m),
    });
    // Found by its checksum, it is fetched again, for which there is no network here.
    const refused = await voiceinput(args, { folder, env });
    expect(refused).toMatchObject({ stdout: '', exitCode: 6, stderr: expect.stringContaining('ERR_MODEL_OFFLINE') });

    const removed = await voiceinput(['models', 'remove', 'moonshine-tiny-en'], { folder, env });
    expect(removed).toMatchObject({ stderr: '', exitCode: 0 });
    expect(await statesOf()).toEqual(['ready', 'absent']);
    expect(await voiceinput(['models', 'remove', 'moonshine-tiny-en'], { folder, env })).toMatchObject({
      exitCode: 6,
      stderr: expect.stringContaining(
        'moonshine-tiny-en is not on this machine; there is silero-vad-v6. [ERR_MODEL_ABSENT]',
      ),
    });
  });

  test('that are there need no network', async () => {
    const run = await voiceinput(['models', 'verify', '--json'], { folder, env: NO_NETWORK });
    expect(run).toMatchObject({ stderr: '', exitCode: 0 });
    const states = JSON.parse(run.stdout) as { model: string; state: string }[];
    expect(new Set(states.map(({ model }) => model))).toEqual(new Set(ids));
    expect(states.every(({ state }) => state === 'whole')).toBe(true);
  });

  test('that are unknown are told with the nearest', async () => {
    const run = await voiceinput(['models', 'pull', 'moonshine-tini-en'], { folder, env });
    expect(run).toMatchObject({
      exitCode: 6,
      stderr: expect.stringMatching(/\[ERR_MODEL_UNKNOWN\]\n {2}Did you mean "moonshine-tiny-en"\?/),
    });
  });

  test('are refused when their files are others', async () => {
    cpSync(sources.get('silero-vad-v6')!, join(folder, 'other'), { recursive: true });
    const [file] = readdirSync(join(folder, 'other')).filter((name) => name.endsWith('.onnx'));
    writeFileSync(join(folder, 'other', file!), 'something else');
    const run = await voiceinput(['models', 'import', 'silero-vad-v6', join(folder, 'other')], { folder, env });
    expect(run).toMatchObject({ stdout: '', exitCode: 6, stderr: expect.stringContaining('[ERR_MODEL_CHECKSUM]') });
  });
});

describe('a cache that cannot be written', () => {
  test('a full disk is told, and leaves nothing half-written', async ({ skip }) => {
    if (spawnSync('sh', ['-c', 'ulimit -f 100']).status !== 0) skip('This shell sets no limit to the size of files.');
    const small = join(folder, 'small');
    const run = await inOwnProcess(
      ['models', 'import', 'moonshine-tiny-en', sources.get('moonshine-tiny-en')!, '--json'],
      {
        folder,
        env: { ...NO_NETWORK, VOICEINPUT_CACHE_DIR: small },
        within: ['sh', '-c', 'ulimit -f 2000; exec "$@"', 'sh'],
      },
    );
    expect(lines(run.stderr)).toMatchObject([
      { code: 'ERR_MODEL_STORAGE', hint: expect.stringContaining('VOICEINPUT_CACHE_DIR') },
    ]);
    expect(run).toMatchObject({ stdout: '', exitCode: 6 });
    expect(readdirSync(small, { recursive: true }).filter((name) => String(name).endsWith('.onnx'))).toEqual([]);
  });

  test('a folder that is a file is told', async () => {
    writeFileSync(join(folder, 'file'), '');
    const blocked = { ...NO_NETWORK, VOICEINPUT_CACHE_DIR: join(folder, 'file') };
    const [run, doctor] = await Promise.all([
      voiceinput(['transcribe', fixture('one-word.flac'), '--json'], { folder, env: blocked }),
      voiceinput(['doctor'], { folder, env: blocked }),
    ]);
    expect(lines(run.stderr)).toMatchObject([{ code: 'ERR_MODEL_STORAGE' }]);
    expect(run.exitCode).toBe(6);
    expect(doctor.stdout).toMatch(/^✗ cache .*\n +→ Set VOICEINPUT_CACHE_DIR/m);
    expect(doctor.exitCode).toBe(7);
  });
});

describe('doctor', () => {
  test('finds that all works that must, and says how much is missing of the rest', async () => {
    // Whoever tests may have a desktop; this one has no ffmpeg.
    const run = await voiceinput(['doctor'], { folder, env: { ...NO_NETWORK, PATH: '' } });
    for (const what of ['machine', 'cache', 'configuration', 'models', 'engine'])
      expect(run.stdout).toMatch(new RegExp(`^✓ ${what} `, 'm'));
    const missing = run.stdout.match(/^– /gm)?.length;
    expect(missing).toBeGreaterThan(0);
    // Without recorders nobody can dictate.
    expect(run).toMatchObject({
      stderr: expect.stringMatching(/^Audio files can be transcribed; for dictation, see microphone\.$/m),
      exitCode: 0,
    });
  });

  test('names what is wrong with the configuration', async () => {
    writeFileSync(join(folder, 'wrong.json'), '{"hybird":true}');
    const run = await voiceinput(['doctor', '--config', 'wrong.json'], { folder, env: NO_NETWORK });
    expect(run.stdout).toMatch(/^✗ configuration .*hybird.*\[ERR_CONFIG_UNKNOWN_KEY\]/m);
    expect(run.exitCode).toBe(7);
  });
});

/** Changes one byte of a file of the model, as a bad disk would. */
function breakModel(id: string): void {
  const room = join(cache, 'models', id);
  const file = readdirSync(room, { recursive: true })
    .map(String)
    .find((name) => name.endsWith('encoder_model.onnx'))!;
  const bytes = readFileSync(join(room, file));
  bytes[1_000] = bytes[1_000]! ^ 1;
  writeFileSync(join(room, file), bytes);
}

describe('a configuration that is broken', () => {
  const broken = join(folder, 'broken');
  const run = (...args: string[]) => voiceinput(args, { folder, env: { ...env, XDG_CONFIG_HOME: broken } });
  const write = (text: string): string => {
    mkdirSync(join(broken, 'voiceinput'), { recursive: true });
    const file = join(broken, 'voiceinput', 'config.json');
    writeFileSync(file, text);
    return file;
  };

  test('is told, and models can be managed all the same', async () => {
    const file = write('{ "hybrid": tru');
    const told = expect.stringMatching(/^warning: .*config\.json is not valid JSON .*\[ERR_CONFIG_SYNTAX\]/);
    const [id = ''] = ids;
    for (const args of [['models'], ['models', 'import', id, sources.get(id)!], ['models', 'verify', id]])
      expect(await run(...args)).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(id), stderr: told });
    const pulled = await run('models', 'pull', id);
    expect(pulled).toMatchObject({ exitCode: 0, stderr: expect.stringContaining(`${id} is ready`) });
    expect(pulled.stderr.match(/^warning/gm)).toHaveLength(1);
    expect(await run('models', 'remove', id)).toMatchObject({ exitCode: 0, stderr: told });
    // Which models a profile uses, or which file was meant, nobody knows.
    expect(await run('models', 'pull')).toMatchObject({ exitCode: 4, stderr: expect.stringMatching(/^error: /) });
    expect(await run('models', '--config', file)).toMatchObject({ exitCode: 4, stdout: '' });
  });

  test('is not written over', async () => {
    const file = write('{ "hybrid": tru');
    expect(await run('languages', 'ru')).toMatchObject({ exitCode: 4, stdout: '' });
    expect(readFileSync(file, 'utf8')).toBe('{ "hybrid": tru');
    write('{ "languages": [5] }');
    expect(await run('languages', 'en')).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ languages: ['en'] });
  });
});
