// What `voiceinput models compare` does: two models read the same audio, one after the other, as the fast lane would.

import { join, resolve } from 'node:path';
import type { Engine, PartChoice, Profile } from '@voiceinput/engine';
import { completeChoice, createEngine } from '@voiceinput/engine';
import { samplesToMs, VoiceInputError } from '@voiceinput/plugin-api';
import { clipsIn, type ComparedClip } from '../compare/clips.ts';
import { compareClip, summarise, type ClipComparison, type Heard, type ModelSummary } from '../compare/compare.ts';
import type { Step } from '../compare/words.ts';
import { userDataFolder } from '../settings/folders.ts';
import { settle } from '../settings/settle.ts';
import type { Settings, SettingsRequest } from '../settings/settle.ts';
import { createReporter, paint } from '../show/reporter.ts';
import type { Reporter } from '../show/reporter.ts';
import { print, table } from '../show/table.ts';
import { openModels } from './work.ts';
import { inLocale } from '../messages/in-locale.ts';

export interface CompareOptions extends SettingsRequest {
  readonly json: boolean;
  /** A folder with audio, perhaps with transcripts. Absent: the recordings of the history. */
  readonly folder?: string | undefined;
}

/** Rejects with `ERR_MODEL_UNKNOWN`, `ERR_FILE_NOT_FOUND` when there is nothing to hear, or what hearing gives. */
export async function compareModels(
  ids: readonly [string, string],
  { json, folder, ...request }: CompareOptions,
  signal: AbortSignal,
): Promise<number> {
  const reporter = createReporter({ json });
  const settings = await settle(request, signal);
  const clips = await clipsIn(folder === undefined ? join(userDataFolder(), 'recordings') : resolve(folder));
  if (clips.length === 0) throw nothingToHear(folder);
  const one = await hearAll(ids[0], clips, { settings, reporter }, signal);
  const other = await hearAll(ids[1], clips, { settings, reporter }, signal);
  const compared = clips.map((clip, index) =>
    compareClip(
      { name: clip.name, audioMs: one[index]!.audioMs, ...(clip.said !== undefined && { said: clip.said }) },
      [one[index]!, other[index]!],
    ),
  );
  const models = summarise(ids, compared);
  print(json, { models, clips: compared }, [...compared.map(shownClip), shownSummary(models)].join('\n\n'));
  return 0;
}

/** Nobody waits for a text: a busy machine, or a large model, must not end the comparison. */
const unhurried = { deadlineFactor: 20 };

type HeardClip = Heard & { readonly audioMs: number };

interface Hearing {
  readonly settings: Settings;
  readonly reporter: Reporter;
}

async function hearAll(
  modelId: string,
  clips: readonly ComparedClip[],
  { settings, reporter }: Hearing,
  signal: AbortSignal,
): Promise<HeardClip[]> {
  const models = openModels(reporter, settings.plugins);
  const fast = await laneFor(modelId, settings, await models.known());
  const heard = new Map<ComparedClip, HeardClip>();
  const languages = new Set(clips.map(({ language }) => language));
  for (const language of languages) {
    const engine = createEngine({ profile: profileFor(fast, language, settings), plugins: settings.plugins, models });
    try {
      await engine.ready(signal);
      for (const clip of clips.filter((one) => one.language === language)) {
        reporter.progress(inLocale`${modelId}: ${heard.size + 1} of ${clips.length}  ${clip.name}`);
        heard.set(clip, await hear(engine, clip, signal));
      }
    } finally {
      reporter.progress('');
      await engine.close();
    }
  }
  return clips.map((clip) => heard.get(clip)!);
}

function profileFor(fast: PartChoice, language: string | undefined, { profile }: Settings): Profile {
  const { languages: _expected, ...rest } = profile;
  const spoken = language === undefined ? profile : { ...rest, language };
  return { ...spoken, hybrid: false, fast, refine: fast, post: [], lanes: { ...profile.lanes, ...unhurried } };
}

/** The runner that brings the model, with its defaults. Throws `ERR_MODEL_UNKNOWN`. */
async function laneFor(
  modelId: string,
  { plugins }: Settings,
  known: readonly { readonly id: string; readonly plugin: string; readonly kind: string }[],
): Promise<PartChoice> {
  const runners = known.filter(({ kind }) => kind === 'runner');
  const found = runners.find(({ id }) => id === modelId);
  if (found === undefined) {
    throw new VoiceInputError(
      'ERR_MODEL_UNKNOWN',
      `There is no speech model "${modelId}"; there is ${runners.map(({ id }) => id).join(', ')}.`,
    );
  }
  return completeChoice(
    { use: found.plugin, options: { model: modelId } },
    { kind: 'runner', plugins: plugins.map(({ plugin }) => plugin), origin: modelId, path: 'fast' },
  );
}

/** The time is that of the runner alone. */
async function hear(engine: Engine, { path, name, raw }: ComparedClip, signal: AbortSignal): Promise<HeardClip> {
  let ms = 0;
  let startedAtMs = 0;
  const unwatch = engine.watch((event) => {
    if (event.type === 'run-started' && event.stage === 'draft') startedAtMs = event.atMs;
    if (event.type === 'run-ended' && event.stage === 'draft') ms += event.atMs - startedAtMs;
  });
  const source = { use: 'source-file', options: { path, raw } };
  const sink = { use: 'sink-nowhere', options: {} };
  const { text, error, audioSamples } = await engine.dictate({ label: name, source, sink }, signal);
  unwatch();
  signal.throwIfAborted();
  if (error !== undefined) throw error;
  return { text, ms, audioMs: samplesToMs(audioSamples) };
}

function nothingToHear(folder: string | undefined): VoiceInputError {
  return folder === undefined
    ? new VoiceInputError('ERR_FILE_NOT_FOUND', 'There are no recordings to compare on.', {
        hint: 'Dictate something first, with dictation.history.keepAudio on, or name a folder with audio files.',
      })
    : new VoiceInputError('ERR_FILE_NOT_FOUND', `There are no audio files in ${folder}.`, {
        hint: 'Put files such as a.wav there, with what was said in a.txt beside each.',
      });
}

function shownClip({ name, said, texts, errors, steps }: ClipComparison): string {
  const head = paint('bold', name, process.stdout);
  const of = errors === undefined ? '' : inLocale`  ${errors[0]} and ${errors[1]} wrong words`;
  if (texts[0] === texts[1]) return inLocale`${head}${of}\n  both: ${texts[0]}`;
  const lines = [...(said === undefined ? [] : [inLocale`  said: ${said}`]), `  1: ${texts[0]}`, `  2: ${texts[1]}`];
  const different = steps.filter(({ kind }) => kind === 'different').map(shownStep);
  return [
    `${head}${of}`,
    ...lines,
    ...(different.length === 0 ? [] : [inLocale`  differ: ${different.join(', ')}`]),
  ].join('\n');
}

const shownStep = ({ left, right }: Step): string => `${left.join(' ') || '–'} / ${right.join(' ') || '–'}`;

function shownSummary(models: readonly ModelSummary[]): string {
  const rows = models.map(({ model, errors, ms, clips, audioMs }, index) => [
    `${index + 1}`,
    model,
    errors === undefined ? '–' : `${((errors.words / errors.of) * 100).toFixed(1)} %`,
    `${Math.round(ms / clips)} ms`,
    ms === 0 ? '–' : `${(audioMs / ms).toFixed(1)} ×`,
  ]);
  return table([['', 'MODEL', 'WRONG WORDS', 'A CLIP', 'AS FAST AS SPEECH'], ...rows]);
}
