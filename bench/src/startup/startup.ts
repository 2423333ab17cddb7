// What `bench startup` measures: from the command to the first text, and the steps of getting ready.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseClips } from '../evaluation/choose.ts';
import { readEnglishSpeech } from '../evaluation/clips.ts';
import { evaluationFolder } from '../evaluation/folder.ts';
import { startContender } from '../latency/contenders/contender.ts';
import { machineLine } from '../show/machine.ts';
import { Misuse } from '../show/misuse.ts';
import { keep } from '../show/result.ts';
import { ms, note, say, table } from '../show/table.ts';
import { median } from '../statistics/percentile.ts';
import { transcribe } from '../voiceinput/cli.ts';
import type { Measured } from '../voiceinput/profile.ts';
import { profileInForce, settingsOf } from '../voiceinput/profile.ts';
import { canForget, copyUnused, forgetFiles } from './cold.ts';

export interface StartupOptions extends Measured {
  readonly rounds: number;
  readonly json?: string;
}

interface Subject {
  readonly path: string;
  /** Options of the command. */
  readonly settings: readonly string[];
}

type Steps = Readonly<Record<string, number>>;

export async function measureStartup(options: StartupOptions): Promise<void> {
  const all = await readEnglishSpeech(evaluationFolder());
  const [clip] = chooseClips(all, { count: 1, seed: 1, shortestS: 3, longestS: 5 });
  if (clip === undefined) throw new Misuse('There is no clip of 3 to 5 s to start with.');
  const profile = await profileInForce(options);
  const subject = { path: clip.path, settings: settingsOf(options) };

  const warm = (): Promise<Steps> => command(subject);
  const cold = async (): Promise<Steps> => {
    await forgetFiles();
    return command(subject);
  };
  const engine = async (): Promise<Steps> => {
    const contender = await startContender(new URL('../latency/contenders/engine.js', import.meta.url), { profile });
    await contender.close();
    return contender.ready.steps;
  };
  // The first one warms the disk cache.
  await warm();
  const result = {
    clipS: clip.durationS,
    rounds: options.rounds,
    command: {
      'files in memory': await repeat('command, files in memory', options.rounds, warm),
      ...(canForget && { 'files on disk': await repeat('command, files on disk', options.rounds, cold) }),
      'model never used before': await repeat('command, model never used before', options.rounds, () =>
        firstUse(subject),
      ),
    },
    engine: await repeat('engine alone', options.rounds, engine),
  };
  show(result);
  await keep('startup', result, options.json);
}

/** Medians of each step. */
async function repeat(what: string, rounds: number, measure: () => Promise<Steps>): Promise<Steps> {
  note(`${what} …`);
  const runs: Steps[] = [];
  for (let round = 0; round < rounds; round += 1) runs.push(await measure());
  const names = Object.keys(runs[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, median(runs.flatMap((steps) => steps[name] ?? []))]));
}

async function command({ path, settings }: Subject, env: NodeJS.ProcessEnv = {}): Promise<Steps> {
  const startedAtMs = performance.now();
  const steps: Record<string, number> = {};
  const { wallMs } = await transcribe([path], settings, {
    env,
    onText: ({ stage }) => (steps[`first ${stage}`] ??= performance.now() - startedAtMs),
  });
  return { ...steps, end: wallMs };
}

async function firstUse(subject: Subject): Promise<Steps> {
  const folder = await mkdtemp(join(tmpdir(), 'voiceinput-bench-'));
  try {
    await copyUnused(folder);
    return await command(subject, { VOICEINPUT_CACHE_DIR: folder });
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Startup {
  readonly clipS: number;
  readonly rounds: number;
  readonly command: Readonly<Record<string, Steps>>;
  readonly engine: Steps;
}

function show({ clipS, rounds, command, engine }: Startup): void {
  say(machineLine());
  say(`\n\`voiceinput transcribe\` on a clip of ${clipS.toFixed(1)} s: ms from the command, median of ${rounds}\n`);
  const rows = Object.entries(command).map(([name, steps]) => [
    name,
    ...['first draft', 'first refined', 'end'].map((step) => ms(steps[step] ?? Number.NaN)),
  ]);
  say(table(['', 'first draft', 'first refined', 'end'], rows));
  say('\nThe engine alone: ms from the start of its process\n');
  say(
    table(
      ['', 'ms'],
      Object.entries(engine).map(([step, value]) => [step, ms(value)]),
    ),
  );
}
