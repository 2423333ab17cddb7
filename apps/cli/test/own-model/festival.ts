// Readings whose every word has a known place: festival says when it begins and ends each.

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const RATE_HZ = 16_000;

export interface SpokenWord {
  readonly text: string;
  readonly startSample: number;
  readonly endSample: number;
}

export interface SpokenSentence {
  /** 16 000 Hz, mono. */
  readonly samples: Int16Array;
  /** From the first sample of the sentence. */
  readonly words: readonly SpokenWord[];
}

const VOICES = { ru: 'voice_msu_ru_nsh_clunits', en: 'voice_kal_diphone' } as const;

/** Speaks each sentence, into files in `folder`. */
export function spokenBy(language: 'ru' | 'en', sentences: readonly string[], folder: string): SpokenSentence[] {
  const script = join(folder, 'read.scm');
  const wav = (index: number): string => join(folder, `sentence-${index}.wav`);
  const lines = sentences.map(
    (sentence, index) => `(read-out ${index} ${JSON.stringify(sentence)} ${JSON.stringify(wav(index))})`,
  );
  writeFileSync(script, [`(${VOICES[language]})`, READ_OUT, ...lines].join('\n'));
  const { status, stdout, stderr, error } = spawnSync('festival', ['--batch', script], {
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  if (status !== 0) throw new Error(`festival: ${error?.message ?? stderr}`);
  const words: SpokenWord[][] = sentences.map(() => []);
  for (const [, index, text, start, end] of stdout.matchAll(/^word\t(\d+)\t(.*)\t(\S+)\t(\S+)$/gm))
    words[Number(index)]!.push({ text: text!, startSample: samplesOf(start!), endSample: samplesOf(end!) });
  return sentences.map((_, index) => ({ samples: samplesIn(wav(index)), words: words[index]! }));
}

const samplesOf = (seconds: string): number => Math.round(Number(seconds) * RATE_HZ);

const READ_OUT = `
(define (read-out index text file)
  (let ((utt (utt.synth (eval (list 'Utterance 'Text text)))))
    (mapcar
      (lambda (word)
        (format t "word\\t%d\\t%s\\t%f\\t%f\\n" index (item.name word)
          (item.feat word "word_start") (item.feat word "word_end")))
      (utt.relation.items utt 'Word))
    (utt.wave.resample utt ${RATE_HZ})
    (utt.save.wave utt file 'riff)))`;

function samplesIn(path: string): Int16Array {
  const bytes = readFileSync(path);
  const data = bytes.indexOf('data') + 8;
  return Int16Array.from({ length: (bytes.length - data) >> 1 }, (_, index) => bytes.readInt16LE(data + 2 * index));
}
