// What `bench resources` measures: the memory of each process after a clip, and the processor while recording.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseClips } from '../evaluation/choose.ts';
import { readEnglishSpeech } from '../evaluation/clips.ts';
import { dictationOf } from '../evaluation/dictation.ts';
import { evaluationFolder } from '../evaluation/folder.ts';
import { samplesOf } from '../evaluation/samples.ts';
import { wavOf } from '@voiceinput/testkit';
import { startContender } from '../latency/contenders/contender.ts';
import type { Contender } from '../latency/contenders/contender.ts';
import { Misuse } from '../show/misuse.ts';
import { keep } from '../show/result.ts';
import { note } from '../show/table.ts';
import { randomFrom, shuffled } from '../statistics/random.ts';
import type { Measured } from '../voiceinput/profile.ts';
import { profileInForce } from '../voiceinput/profile.ts';
import { memoryAfter } from './memory-after.ts';
import type { MemoryAfter } from './memory-after.ts';
import { modes } from './modes.ts';
import type { Mode } from './modes.ts';
import { processorDuring } from './processor-during.ts';
import type { ProcessorDuring } from './processor-during.ts';
import { showResources } from './show.ts';

const SEED = 3;
const CLIP_S = 15;

export interface ResourcesOptions extends Measured {
  readonly seconds: number;
  readonly rounds: number;
  readonly json?: string;
}

interface Dictation {
  readonly path: string;
  readonly lengthS: number;
}

export async function measureResources(options: ResourcesOptions): Promise<void> {
  if (process.platform !== 'linux') throw new Misuse('Processes are measured from /proc, which only Linux has.');
  const profile = await profileInForce(options);
  const script = new URL('../latency/contenders/engine.js', import.meta.url);
  const start = (mode: Mode): Promise<Contender> =>
    startContender(script, { profile: { ...profile, hybrid: mode === 'hybrid' } });
  const folder = await mkdtemp(join(tmpdir(), 'voiceinput-bench-'));
  try {
    const clip = await writeDictation(folder, CLIP_S);
    const dictation = await writeDictation(folder, options.seconds);
    const memory = await repeatMemory(start, clip, options.rounds);
    const processor = await repeatProcessor(start, { clip, dictation }, options.rounds);
    const result = { clipS: CLIP_S, dictationS: options.seconds, rounds: options.rounds, memory, processor };
    showResources(result);
    await keep('resources', result, options.json);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function writeDictation(folder: string, lengthS: number): Promise<Dictation> {
  const all = await readEnglishSpeech(evaluationFolder());
  const chosen = chooseClips(all, { count: 40, seed: SEED, shortestS: 3, longestS: 15 });
  if (chosen.length === 0) throw new Misuse('There is no clip of 3 to 15 s.');
  const clips = shuffled(chosen, randomFrom(SEED));
  const path = join(folder, `dictation-${lengthS}.wav`);
  const { signal } = new AbortController();
  await writeFile(
    path,
    wavOf(await dictationOf(lengthS, (before) => samplesOf(clips[before % clips.length]!.path, signal))),
  );
  return { path, lengthS };
}

type Start = (mode: Mode) => Promise<Contender>;

/** In new processes each time, one engine after the other: what they share would count less in each. */
async function repeatMemory(start: Start, { path }: Dictation, rounds: number): Promise<MemoryAfter[]> {
  const measured: MemoryAfter[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    for (const mode of modes) {
      note(`Memory, round ${round} of ${rounds}: ${mode}`);
      const engine = await start(mode);
      try {
        measured.push({ mode, ...(await memoryAfter(path, engine)) });
      } finally {
        await engine.close();
      }
    }
  }
  return measured;
}

async function repeatProcessor(
  start: Start,
  { clip, dictation }: { readonly clip: Dictation; readonly dictation: Dictation },
  rounds: number,
): Promise<ProcessorDuring[]> {
  const random = randomFrom(SEED);
  const measured: ProcessorDuring[] = [];
  const engines = { 'draft only': await start('draft only'), hybrid: await start('hybrid') };
  try {
    for (const mode of modes) await engines[mode].read({ path: clip.path, realtime: true });
    for (let round = 1; round <= rounds; round += 1) {
      for (const mode of shuffled(modes, random)) {
        note(`Processor, round ${round} of ${rounds}: ${dictation.lengthS} s of speech, ${mode}`);
        measured.push({ mode, ...(await processorDuring(dictation, engines[mode])) });
      }
    }
    return measured;
  } finally {
    await Promise.all(Object.values(engines).map((engine) => engine.close()));
  }
}
