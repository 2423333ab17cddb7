// Where speech begins and ends, and where a long stretch of it is cut.

import type { Mark } from '@voiceinput/plugin-api';

/** All lengths in samples. */
export interface SegmentRules {
  /** Probability at which speech begins. */
  readonly enterProbability: number;
  /** Probability below which it pauses. */
  readonly leaveProbability: number;
  /** Speech shorter than this is taken for a click. */
  readonly minSpeechSamples: number;
  /** Kept around speech. */
  readonly padSamples: number;
  /** The pause that ends a short segment; the longer the segment, the shorter the pause that will do. */
  readonly pauseSamples: number;
  /** The pause that ends a segment of `maxSamples`. */
  readonly minPauseSamples: number;
  /** From this length on shorter pauses will do. */
  readonly softMaxSamples: number;
  /** No segment is longer. */
  readonly maxSamples: number;
}

/** A stretch of speech, pads included. */
export interface Stretch {
  readonly startSample: number;
  readonly endSample: number;
  /** Mean over the windows that hold speech. */
  readonly speechProbability: number;
}

/** The speech that still goes on. */
export interface OpenStretch {
  readonly startSample: number;
  /** Where the stretch would end if nothing more were said. Absent while speech goes on. */
  readonly pausedEndSample?: number;
}

export interface Segmenter {
  /** What is being said now. Absent while nobody speaks. */
  readonly open: OpenStretch | undefined;
  /** The earliest sample that a later stretch can contain. */
  readonly neededFromSample: number;
  /** Stretches that `mark` completed. */
  push(mark: Mark): Stretch[];
  /** The last stretch, when the audio ends at `endSample`. */
  end(endSample: number): Stretch[];
}

export function createSegmenter(rules: SegmentRules): Segmenter {
  /** Windows since speech began; empty while nobody speaks. */
  let windows: Mark[] = [];
  let startSample = 0;
  let speechEndSample = 0;
  let closedAtSample = 0;
  let heardSample = 0;

  const isSpeech = (mark: Mark): boolean => mark.speechProbability >= rules.leaveProbability;

  function begin(mark: Mark): void {
    windows = [mark];
    startSample = Math.max(mark.startSample - rules.padSamples, closedAtSample);
    speechEndSample = mark.endSample;
  }

  function push(mark: Mark): Stretch[] {
    heardSample = mark.endSample;
    if (windows.length === 0) {
      if (mark.speechProbability >= rules.enterProbability) begin(mark);
      return [];
    }
    windows.push(mark);
    if (isSpeech(mark)) speechEndSample = mark.endSample;
    if (mark.endSample - speechEndSample >= pauseThatEnds(speechEndSample - startSample)) return close(mark.endSample);
    const nextEndSample = 2 * mark.endSample - mark.startSample;
    if (nextEndSample - startSample > rules.maxSamples) return cut();
    return [];
  }

  function pauseThatEnds(lengthSamples: number): number {
    if (lengthSamples <= rules.softMaxSamples) return rules.pauseSamples;
    const progress = Math.min(1, (lengthSamples - rules.softMaxSamples) / (rules.maxSamples - rules.softMaxSamples));
    return rules.pauseSamples + progress * (rules.minPauseSamples - rules.pauseSamples);
  }

  function close(limitSample: number): Stretch[] {
    const stretch = stretchTo(Math.min(speechEndSample + rules.padSamples, limitSample));
    windows = [];
    return stretch;
  }

  /** Cuts where speech is least likely, in the later part; what follows begins a new stretch without a gap. */
  function cut(): Stretch[] {
    const index = weakestWindow();
    const rest = windows.slice(index + 1);
    const cutSample = windows[index]!.endSample;
    windows = windows.slice(0, index + 1);
    speechEndSample = windows.findLast(isSpeech)?.endSample ?? startSample;
    const stretches = close(cutSample);
    const goesOn = rest.findIndex(isSpeech);
    if (goesOn === -1) return stretches;
    begin(rest[goesOn]!);
    for (const mark of rest.slice(goesOn + 1)) stretches.push(...push(mark));
    return stretches;
  }

  function weakestWindow(): number {
    const from = Math.floor(windows.length / 2);
    let weakest = windows.length - 1;
    let lowest = Infinity;
    for (let i = from; i < windows.length; i += 1) {
      const at = (index: number): number => (windows[index] ?? windows[i]!).speechProbability;
      // A pause is weak on both sides too; a single doubtful window in a word is not.
      const probability = at(i - 1) / 4 + at(i) / 2 + at(i + 1) / 4;
      if (probability > lowest) continue;
      lowest = probability;
      weakest = i;
    }
    return weakest;
  }

  function stretchTo(endSample: number): Stretch[] {
    const speech = windows.filter(isSpeech);
    const speechSamples = speech.reduce((sum, mark) => sum + mark.endSample - mark.startSample, 0);
    if (speechSamples < rules.minSpeechSamples) return [];
    closedAtSample = endSample;
    const speechProbability = speech.reduce((sum, mark) => sum + mark.speechProbability, 0) / speech.length;
    return [{ startSample, endSample, speechProbability }];
  }

  return {
    get open() {
      if (windows.length === 0) return undefined;
      const pausedEndSample = speechEndSample + rules.padSamples;
      return { startSample, ...(heardSample >= pausedEndSample && { pausedEndSample }) };
    },
    get neededFromSample() {
      return windows.length === 0 ? Math.max(closedAtSample, heardSample - rules.padSamples) : startSample;
    },
    push,
    end(endSample) {
      return windows.length === 0 ? [] : close(endSample);
    },
  };
}
