// General speech as data sets, from recordings that are not part of this repository: half of the speakers to learn from,
// the others to judge by.

import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';

export interface SpeechClip {
  readonly id: string;
  readonly path: string;
  readonly text: string;
  readonly language: string;
  readonly speaker: string;
}

interface ManifestLine extends Omit<SpeechClip, 'path'> {
  readonly audio: string;
  readonly group: string;
}

/** Where such recordings are. Absent on most machines. */
export const speechFolder = process.env['VOICEINPUT_EVAL_DIR'];

/** The clips of a language, without Russian that was read in a studio: it is half of what there is, by one voice. */
export function speechClips(language: string): SpeechClip[] {
  const folder = join(speechFolder!, 'speech');
  return readFileSync(join(folder, 'manifest.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ManifestLine)
    .filter((clip) => clip.language === language && !(language === 'ru' && clip.group === 'studio-read'))
    .map(({ audio, group: _group, ...clip }) => ({ ...clip, path: join(folder, audio) }));
}

/** Half of the clips judge; of the others most are learnt from. */
const SHARES = { test: 0.5, train: 0.3, validation: 0.2 };

/**
 * Lists the clips in `table`, with links to their audio, and writes into `out` which speaker belongs to which part, as a
 * data set says it. It is the same at every time.
 */
export function divide(clips: readonly SpeechClip[], table: string, out: string): void {
  if (existsSync(join(out, 'dataset.json'))) return;
  for (const folder of [table, out]) mkdirSync(folder, { recursive: true });
  const rows = clips.map(({ id, path, text, language, speaker }) => {
    const name = `${id}${extname(path)}`;
    if (!existsSync(join(table, name))) symlinkSync(path, join(table, name));
    return JSON.stringify({ path: name, text, language, speaker });
  });
  writeFileSync(join(table, 'clips.jsonl'), `${rows.join('\n')}\n`);
  writeFileSync(join(out, 'dataset.json'), `${JSON.stringify({ version: 1, groups: partsOfSpeakers(clips) })}\n`);
}

/** Whoever said most first: then the parts come out as large as they should. */
function partsOfSpeakers(clips: readonly SpeechClip[]): Record<string, string> {
  const counts = new Map<string, number>();
  for (const { speaker } of clips) counts.set(speaker, (counts.get(speaker) ?? 0) + 1);
  const filled = { test: 0, train: 0, validation: 0 };
  const fullness = (part: keyof typeof SHARES): number => filled[part] / SHARES[part];
  const groups: Record<string, string> = {};
  for (const [speaker, count] of [...counts].toSorted(([, one], [, other]) => other - one)) {
    const [emptiest] = (['test', 'train', 'validation'] as const).toSorted(
      (one, other) => fullness(one) - fullness(other),
    );
    groups[speaker] = emptiest!;
    filled[emptiest!] += count;
  }
  return groups;
}
