// What `bench tokens` measures: what preparation and proposals save for each token, and whether they change what is heard.

import { openModelStore } from '@voiceinput/models';
import type { Profile } from '@voiceinput/engine';
import { openExportedModel } from '@voiceinput/onnx';
import { msToSamples } from '@voiceinput/plugin-api';
import { chooseClips } from '../evaluation/choose.ts';
import { readEnglishSpeech } from '../evaluation/clips.ts';
import { openEar } from '../evaluation/ear.ts';
import { trimToSpeech } from '../evaluation/ending.ts';
import { evaluationFolder } from '../evaluation/folder.ts';
import { samplesOf } from '../evaluation/samples.ts';
import { Misuse } from '../show/misuse.ts';
import { keep } from '../show/result.ts';
import { note } from '../show/table.ts';
import { randomFrom } from '../statistics/random.ts';
import type { Measured } from '../voiceinput/profile.ts';
import { pluginsOf, profileInForce } from '../voiceinput/profile.ts';
import { showTokens } from './show.ts';
import { marks, readEachWay } from './ways.ts';
import type { ClipRuns, Models } from './ways.ts';

const SEED = 3;

export interface TokensOptions extends Measured {
  readonly clips: number;
  readonly rounds: number;
  readonly shortest: number;
  readonly longest: number;
  readonly json?: string;
}

export async function measureTokens(options: TokensOptions): Promise<void> {
  const { clips: count, rounds, shortest: shortestS, longest: longestS } = options;
  const all = await readEnglishSpeech(evaluationFolder());
  const chosen = chooseClips(all, { count, seed: SEED, shortestS, longestS });
  if (chosen.length === 0) throw new Misuse(`There is no clip of ${shortestS} to ${longestS} s.`);
  const profile = await profileInForce(options);
  const { signal } = new AbortController();
  const models = await openBoth(profile, signal);
  const ear = await openEar(profile, signal);
  try {
    const random = randomFrom(SEED);
    const { leaveProbability, padMs } = profile.segments;
    const runs: ClipRuns[] = [];
    for (const [index, { id, path }] of chosen.entries()) {
      if (index % 10 === 0) note(`Clip ${index + 1} of ${chosen.length}`);
      const whole = await samplesOf(path, signal);
      const hearing = { samples: whole, marks: await ear.marksOf(whole), leaveProbability };
      const clip = { id, samples: trimToSpeech(hearing, msToSamples(padMs)) };
      if (index === 0) await readEachWay(clip, models, random);
      for (let round = 1; round <= rounds; round += 1) runs.push(await readEachWay(clip, models, random));
    }
    const result = { clips: chosen.length, rounds, runs };
    await keep('tokens', { ...result, summary: showTokens(result) }, options.json);
  } finally {
    for (const part of [ear, models.prepared, models.published]) await part.close();
  }
}

/** The fast lane's model, with its options. */
async function openBoth(profile: Profile, signal: AbortSignal): Promise<Models> {
  const { fast } = profile;
  const { model, threads, int8Encoder, keepMemory } = fast.options;
  if (fast.use !== 'runner-moonshine' || typeof model !== 'string')
    throw new Misuse(`Tokens are measured of runner-moonshine; the fast lane of this profile is ${fast.use}.`);
  const located = await openModelStore({ plugins: await pluginsOf(profile, signal) }).locate(model, signal);
  const options = {
    ...marks,
    ...(typeof threads === 'number' && { threads }),
    ...(typeof int8Encoder === 'boolean' && { int8Encoder }),
    ...(typeof keepMemory === 'boolean' && { keepMemory }),
  };
  const prepared = await openExportedModel(located, options, signal);
  if (prepared.notPrepared !== undefined)
    throw new Misuse(`There is no prepared graph to compare: ${prepared.notPrepared}`);
  return { prepared, published: await openExportedModel(located, { ...options, published: true }, signal) };
}
