// In which forms a clip is presented to contenders.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { msToSamples, samplesToMs } from '@voiceinput/plugin-api';
import type { EvaluationClip } from '../evaluation/clips.ts';
import type { Ear } from '../evaluation/ear.ts';
import { backgroundOf, cutAfterSpeech, followedBy, speechEndOf } from '../evaluation/ending.ts';
import { samplesOf } from '../evaluation/samples.ts';
import { wavOf } from '@voiceinput/testkit';
import type { Contender } from './contenders/contender.ts';
import type { Presented } from './tasks.ts';

/** What follows a clip's last speech, as when a key is let go. */
export const BACKGROUND_MS = 400;

export interface Entry {
  readonly clip: EvaluationClip;
  readonly presented: Presented;
  readonly ending: Ending;
}

/** How the clip was made to end. */
interface Ending {
  /** Where it is cut. */
  readonly speechEndMs: number;
  /** How much background the clip had in one piece; less than what was appended: it was looped. */
  readonly ownBackgroundMs: number;
  /** Whether the detector takes some of the appended background for speech, so that no pause is seen there. */
  readonly backgroundIsSpeech: boolean;
}

export interface Stage {
  readonly engine: Contender;
  readonly ear: Ear;
  readonly leaveProbability: number;
  /** Where files may be written; who made it removes it. */
  readonly folder: string;
}

export async function present(clips: readonly EvaluationClip[], stage: Stage): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const [index, clip] of clips.entries())
    entries.push(await presentOne(clip, join(stage.folder, `${index}`), stage));
  return entries;
}

async function presentOne(
  clip: EvaluationClip,
  path: string,
  { engine, ear, leaveProbability }: Stage,
): Promise<Entry> {
  const whole = await samplesOf(clip.path, new AbortController().signal);
  const { speech } = await engine.read({ path: clip.path, realtime: false });
  const trimmed = speech === undefined ? whole : whole.slice(speech.startSample, speech.endSample);

  const hearing = { samples: whole, marks: await ear.marksOf(whole), leaveProbability };
  const cut = cutAfterSpeech(hearing);
  const background = backgroundOf(hearing, msToSamples(BACKGROUND_MS));
  const settled = followedBy(cut, background.samples);
  const [cutPath, settledPath] = [`${path}-cut.wav`, `${path}-settled.wav`];
  await writeFile(cutPath, wavOf(cut));
  await writeFile(settledPath, wavOf(settled));

  const again = { samples: settled, marks: await ear.marksOf(settled), leaveProbability };
  return {
    clip,
    presented: { path: clip.path, cutPath, settledPath, whole, trimmed },
    ending: {
      speechEndMs: samplesToMs(cut.length),
      ownBackgroundMs: samplesToMs(background.ownSamples),
      backgroundIsSpeech: speechEndOf(again) > cut.length + msToSamples(BACKGROUND_MS / 4),
    },
  };
}
