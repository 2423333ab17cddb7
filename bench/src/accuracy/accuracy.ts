// What `bench accuracy` measures: every clip through the real command, once hybrid and once with drafts only.

import type { EvaluationClip } from '../evaluation/clips.ts';
import { readSet, readSpeech } from '../evaluation/clips.ts';
import { evaluationFolder } from '../evaluation/folder.ts';
import { keep } from '../show/result.ts';
import { note } from '../show/table.ts';
import type { CliRun } from '../voiceinput/cli.ts';
import { transcribe } from '../voiceinput/cli.ts';
import type { Measured } from '../voiceinput/profile.ts';
import { settingsOf } from '../voiceinput/profile.ts';
import { errorsOf } from '../words/align.ts';
import { Misuse } from '../show/misuse.ts';
import { readByPeers, type PeerOptions } from './peers.ts';
import { counted, isCutShort, readingOf } from './reading.ts';
import type { Reading } from './reading.ts';
import { showAccuracy, showWorst } from './show.ts';
import { byCondition, byGroup, commandSummary, decisionsIn, noiseSummary, stageErrors } from './summary.ts';

export interface AccuracyOptions extends Measured, PeerOptions {
  readonly language: string;
  /** At most so many clips of each set. */
  readonly limit?: number;
  readonly json?: string;
  /** How many of the worst clips are shown with their texts. */
  readonly worst: number;
}

export interface Speed {
  readonly audioS: number;
  readonly wallS: number;
  readonly audioSPerS: number;
}

export async function measureAccuracy(options: AccuracyOptions): Promise<void> {
  const folder = evaluationFolder();
  const limited = (clips: readonly EvaluationClip[]) => clips.slice(0, options.limit);
  const speech = limited(await readSpeech(folder, options.language));
  if (speech.length === 0) throw new Misuse(`There is no speech in the language "${options.language}".`);
  const commands = options.language === 'en' ? limited(await readSet(folder, 'commands')) : [];
  const clips = [...speech, ...commands, ...limited(await readSet(folder, 'noise'))];
  const settings = settingsOf(options);

  const hybrid = await transcribeAll('draft and refined', clips, settings);
  const readings = readingsOf(clips, hybrid);
  const fastOnly = await transcribeAll('draft only', clips, [...settings, '--no-hybrid']);

  const peers = await readByPeers(speech, options.language, options);
  const withText = readings.filter(({ clip }) => clip.set === 'speech').map(counted);
  const result = {
    total: stageErrors(options.language, withText),
    groups: byGroup(withText),
    conditions: byCondition(withText),
    commands: commandSummary(readings.filter(({ clip }) => clip.set === 'commands')),
    noise: noiseSummary(readings.filter(({ clip }) => clip.set === 'noise')),
    decisions: decisionsIn(readings),
    speed: { hybrid: speedOf(hybrid), fastOnly: speedOf(fastOnly) },
    peers,
    missing: clips.filter(({ path }) => !hybrid.results.some(({ file }) => file === path)).map(({ id }) => id),
    cutShort: readings.filter(isCutShort).map(({ clip }) => clip.id),
    complaints: [...hybrid.complaints, ...fastOnly.complaints],
    readings: withText,
    commandReadings: readings.filter(({ clip }) => clip.set === 'commands'),
  };
  showAccuracy(result);
  const mostErrors = [...withText].sort((a, b) => errorsOf(b.refinedErrors) - errorsOf(a.refinedErrors));
  showWorst(mostErrors.slice(0, options.worst));
  await keep('accuracy', result, options.json);
}

async function transcribeAll(
  what: string,
  clips: readonly EvaluationClip[],
  options: readonly string[],
): Promise<CliRun> {
  let done = 0;
  note(`Transcribing ${clips.length} clips, ${what} …`);
  return transcribe(
    clips.map(({ path }) => path),
    options,
    {
      onResult() {
        done += 1;
        if (done % 50 === 0) note(`  ${done} of ${clips.length}`);
      },
    },
  );
}

function readingsOf(clips: readonly EvaluationClip[], { results }: CliRun): Reading[] {
  const clipAt = new Map(clips.map((clip) => [clip.path, clip]));
  return results.flatMap((result) => {
    const clip = clipAt.get(result.file);
    return clip === undefined ? [] : [readingOf(clip, result)];
  });
}

/** With start-up and reading the files: what somebody gets who runs the command. */
function speedOf({ results, wallMs }: CliRun): Speed {
  const audioS = results.reduce((sum, { audioMs }) => sum + audioMs, 0) / 1000;
  return { audioS, wallS: wallMs / 1000, audioSPerS: audioS / (wallMs / 1000) };
}
