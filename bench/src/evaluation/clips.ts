// What is known of a recording before it is transcribed.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export type SetName = 'speech' | 'commands' | 'noise';

export interface EvaluationClip {
  readonly id: string;
  readonly set: SetName;
  readonly path: string;
  readonly durationS: number;
  /** BCP 47; empty for noise. */
  readonly language: string;
  /** What was said, verbatim. Absent for commands. */
  readonly text?: string;
  /** What a command means: values that its words should hold. */
  readonly slots: readonly string[];
  readonly group: string;
  readonly condition: string;
}

/** A line of a set's `manifest.jsonl`. */
interface ManifestLine {
  readonly id: string;
  readonly audio: string;
  readonly text?: string | null;
  readonly slots?: Readonly<Record<string, string>>;
  readonly language?: string;
  readonly duration_s: number;
  readonly group?: string;
  readonly condition?: string;
  readonly kind?: string;
}

/** The clips of a set in the manifest's order; none when the folder has no such set. */
export async function readSet(folder: string, set: SetName): Promise<EvaluationClip[]> {
  const manifest = join(folder, set, 'manifest.jsonl');
  if (!existsSync(manifest)) return [];
  const lines = (await readFile(manifest, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const { id, audio, text, slots, language, duration_s, group, condition, kind } = JSON.parse(line) as ManifestLine;
    return {
      id,
      set,
      path: join(folder, set, audio),
      durationS: duration_s,
      language: language ?? '',
      ...(typeof text === 'string' && { text }),
      slots: Object.values(slots ?? {}),
      group: group ?? kind ?? set,
      condition: condition ?? '',
    };
  });
}

/** Speech in one language with a verbatim text. */
export async function readSpeech(folder: string, language: string): Promise<EvaluationClip[]> {
  return (await readSet(folder, 'speech')).filter((clip) => clip.language === language);
}

/** What the embedded model can be measured on. */
export const readEnglishSpeech = (folder: string): Promise<EvaluationClip[]> => readSpeech(folder, 'en');
