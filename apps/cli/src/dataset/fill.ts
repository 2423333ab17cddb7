// How listed clips become a data set: one after the other, a broken one never stops the rest.

import { clipsByGroup, HeldTexts, openDatasetFolder, partsOf } from '@voiceinput/dataset';
import type { ListedClip } from '@voiceinput/dataset';
import { isVoiceInputError } from '@voiceinput/plugin-api';
import { inLocale } from '../messages/in-locale.ts';
import type { Reporter } from '../show/reporter.ts';
import type { AudioFile, SampleReader } from './samples.ts';
import type { DatasetSummary, Tally } from './tally.ts';

const SAMPLES_PER_S = 16_000;
/** Whisper hears no more at once. */
const MOST_SAMPLES = 30 * SAMPLES_PER_S;
const LEAST_SAMPLES = 0.5 * SAMPLES_PER_S;

export type FilledClip = ListedClip & Pick<AudioFile, 'raw'>;

export interface ClipSource {
  readonly out: string;
  readonly language: string | undefined;
  readonly reader: SampleReader;
  readonly reporter: Reporter;
  readonly tally: Tally;
}

/** Rejects with `ERR_STORAGE`, `ERR_DATASET` and on abort; what was written until then stays, and is not written again. */
export async function fillDataset(
  clips: readonly FilledClip[],
  { out, language, reader, reporter, tally }: ClipSource,
  signal: AbortSignal,
): Promise<DatasetSummary> {
  const folder = await openDatasetFolder(out);
  try {
    const parts = partsOf(clipsByGroup(clips), folder.groups);
    const held = new HeldTexts();
    for (const { text, group } of clips) held.add(text, parts.get(group)!);
    for (const part of ['validation', 'test'] as const) for (const { text } of folder.lines[part]) held.add(text, part);
    for (const [index, { path, raw = false, ...clip }] of clips.entries()) {
      signal.throwIfAborted();
      reporter.progress(inLocale`${index + 1} of ${clips.length}  ${clip.name}`);
      const part = parts.get(clip.group)!;
      if (folder.has(clip.name)) tally.there++;
      else if (held.leaks(clip.text, part)) tally.leaveOut('held-out');
      else {
        const samples = await samplesOrWhy({ path, raw }, { reader, reporter, name: clip.name }, signal);
        if (typeof samples === 'string') tally.leaveOut(samples);
        else {
          await folder.add({ ...(language !== undefined && { language }), ...clip }, part, samples);
          tally.added++;
        }
      }
    }
    return tally.summary(out, folder);
  } finally {
    reporter.progress('');
    await folder.close();
  }
}

interface Sampling {
  readonly reader: SampleReader;
  readonly reporter: Reporter;
  readonly name: string;
}

async function samplesOrWhy(
  file: AudioFile,
  { reader, reporter, name }: Sampling,
  signal: AbortSignal,
): Promise<Float32Array | 'broken' | 'too-short' | 'too-long'> {
  try {
    const samples = await reader.whole(file, MOST_SAMPLES, signal);
    if (samples === undefined) return 'too-long';
    return samples.length < LEAST_SAMPLES ? 'too-short' : samples;
  } catch (error) {
    if (signal.aborted || !isVoiceInputError(error) || !/^ERR_(?:AUDIO|FILE)_/.test(error.code)) throw error;
    reporter.warning({ ...error.toJSON(), hint: 'It is left out.' }, name);
    return 'broken';
  }
}
