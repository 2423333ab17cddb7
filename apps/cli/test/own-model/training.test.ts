// A voice and its own words, from recordings to a model in the app that writes them, and forgot nothing: with real weights.
// Everything is kept in the folder that VOICEINPUT_OWN_MODEL names, so that a proof that was stopped goes on.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describeUnless } from '@voiceinput/rig/unless';
import { expect, test } from 'vitest';
import { voiceinput } from '../voiceinput/run.ts';
import { divide, speechClips, speechFolder } from './general.ts';
import { sentences, speak, wordsRight } from './voice.ts';

const kept = process.env['VOICEINPUT_OWN_MODEL'];
const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
const weights = join(process.env['VOICEINPUT_TEST_MODELS'] || join(cache, 'voiceinput-test-models'), 'whisper-base');
const fineTune = resolve(import.meta.dirname, '../../../../tools/fine-tune');
const environment = process.env['VOICEINPUT_FINE_TUNE_ENV'] ?? join(homedir(), '.cache/voiceinput-fine-tune');
const settings = (process.env['VOICEINPUT_OWN_MODEL_SETTINGS'] ?? '').split(' ').filter((one) => one !== '');

/** What they are called in the app while this runs. */
const START = 'proof-start';
const MINE = 'proof-mine';

function whyNot(): string | undefined {
  if (kept === undefined) return 'It trains for an hour: pnpm prove does that.';
  if (speechFolder === undefined) return 'There is no general speech: VOICEINPUT_EVAL_DIR names it.';
  if (!existsSync(weights)) return `There are no weights in ${weights}: node scripts/whisper-weights.mjs`;
  return spawnSync('espeak-ng', ['--version']).status === 0 ? undefined : 'espeak-ng is not installed.';
}

interface Compared {
  readonly clips: readonly { readonly name: string; readonly said: string; readonly texts: readonly string[] }[];
}

describeUnless(whyNot())('a model of one’s own', () => {
  test('writes at least half of the words that nobody wrote before, and forgot at most one point', async () => {
    const folder = resolve(kept!);
    mkdirSync(folder, { recursive: true });
    const at = (...names: string[]): string => join(folder, ...names);
    const env = { VOICEINPUT_CACHE_DIR: at('cache') };
    const run = async (...args: string[]): Promise<string> => {
      const { stdout, stderr, exitCode } = await voiceinput(args, { folder, env });
      expect(exitCode, stderr).toBe(0);
      return stdout;
    };
    speak(at('recordings'), sentences(240));
    await run('dataset', 'from-folder', at('recordings'), '--language', 'ru', '--out', at('own'));
    for (const language of ['ru', 'en']) {
      const clips = speechClips(language).slice(0, 120);
      divide(clips, at('listed', language), at('general', language));
      await run('dataset', 'from-folder', at('listed', language), '--out', at('general', language));
    }
    await importOnce(START, weights, run);
    if (!existsSync(at('start'))) await run('models', 'export', START, at('start'));

    const general = ['ru', 'en'].flatMap((language) => ['--general', at('general', language)]);
    const train = ['train', '--start', at('start'), '--data', at('own'), ...general, '--out', at('mine'), ...settings];
    if (!existsSync(at('mine', 'model.safetensors'))) tool('setup');
    if (!existsSync(at('mine', 'model.safetensors'))) tool(...train);

    await importOnce(MINE, at('mine'), run);
    const compared = JSON.parse(await run('models', 'compare', START, MINE, at('own', 'test'), '--json')) as Compared;
    const right = [0, 1].map((model) => {
      const counts = compared.clips.map(({ said, texts }) => wordsRight(said, texts[model]!));
      return counts.reduce((sum, one) => ({ right: sum.right + one.right, of: sum.of + one.of }), { right: 0, of: 0 });
    });
    const { errors } = JSON.parse(readFileSync(at('mine', 'report.json'), 'utf8')) as {
      errors: Record<string, { before: number; after: number }>;
    };
    const told = Object.entries(errors).map(
      ([part, { before, after }]) => `${part} ${before.toFixed(1)} → ${after.toFixed(1)} %`,
    );
    const [before, after] = right as [{ right: number; of: number }, { right: number; of: number }];
    console.log(
      `own model: words right ${before.right} → ${after.right} of ${after.of}; wrong words ${told.join(', ')}`,
    );
    expect(before.right).toBeLessThan(0.05 * before.of);
    expect(after.right).toBeGreaterThanOrEqual(0.5 * after.of);
    for (const part of ['ru', 'en']) expect(errors[part]!.after - errors[part]!.before).toBeLessThanOrEqual(1);
  });
});

/** Runs `python3 tools/fine-tune`. */
function tool(...args: readonly string[]): void {
  const env = { ...process.env, VOICEINPUT_FINE_TUNE_ENV: environment };
  const { status } = spawnSync('python3', [fineTune, ...args], { env, stdio: 'inherit' });
  if (status !== 0) throw new Error(`fine-tune ${args[0]} ended with ${status}.`);
}

async function importOnce(name: string, from: string, run: (...args: string[]) => Promise<string>): Promise<void> {
  const listed = JSON.parse(await run('models', '--json')) as { id: string }[];
  if (!listed.some(({ id }) => id === name)) await run('models', 'import', from, '--name', name);
}
