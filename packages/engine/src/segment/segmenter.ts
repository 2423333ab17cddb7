// Where speech begins and ends, and where a long one is cut.

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

/** A range of speech, pads included. */
export interface SpeechRange {
  readonly startSample: number;
  readonly endSample: number;
  /** The same without pads. */
  readonly speechStartSample: number;
  readonly speechEndSample: number;
  /** Mean over the windows that hold speech. */
  readonly speechProbability: number;
}

/** The speech that still goes on. */
export interface OngoingSpeech {
  /** Where the range would begin that is cut when it is over. */
  readonly startSample: number;
  readonly speechStartSample: number;
  /** Where something was said last. */
  readonly speechEndSample: number;
}

export interface Segmenter {
  /** What is being said now. Absent while nobody speaks. */
  readonly open: OngoingSpeech | undefined;
  /** The earliest sample that a later range can contain. */
  readonly neededFromSample: number;
  /** Ranges that `mark` completed. */
  push(mark: Mark): SpeechRange[];
  /** The last range, when the audio ends at `endSample`. */
  end(endSample: number): SpeechRange[];
}

/** Hears marks in order, from the beginning of the audio. */
export function createSegmenter(rules: SegmentRules): Segmenter {
  /** Windows since speech began; empty while nobody speaks. */
  let windows: Mark[] = [];
  let startSample = 0;
  let speechStartSample = 0;
  let speechEndSample = 0;
  let closedAtSample = 0;
  let heardSample = 0;

  const isSpeech = (mark: Mark): boolean => mark.speechProbability >= rules.leaveProbability;

  function begin(mark: Mark): void {
    windows = [mark];
    startSample = Math.max(mark.startSample - rules.padSamples, closedAtSample);
    speechStartSample = Math.max(mark.startSample, closedAtSample);
    speechEndSample = mark.endSample;
  }

  function push(mark: Mark): SpeechRange[] {
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

  function close(limitSample: number): SpeechRange[] {
    const range = rangeTo(Math.min(speechEndSample + rules.padSamples, limitSample));
    windows = [];
    return range;
  }

  /** Cuts where speech is least likely, in the later part; what follows begins a new range without a gap. */
  function cut(): SpeechRange[] {
    const index = weakestWindow();
    const rest = windows.slice(index + 1);
    const cutSample = windows[index]!.endSample;
    windows = windows.slice(0, index + 1);
    speechEndSample = windows.findLast(isSpeech)?.endSample ?? startSample;
    const ranges = close(cutSample);
    const goesOn = rest.findIndex(isSpeech);
    if (goesOn === -1) return ranges;
    begin(rest[goesOn]!);
    for (const mark of rest.slice(goesOn + 1)) ranges.push(...push(mark));
    return ranges;
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

  function rangeTo(endSample: number): SpeechRange[] {
    const speech = windows.filter(isSpeech);
    const speechSamples = speech.reduce((sum, mark) => sum + mark.endSample - mark.startSample, 0);
    if (speechSamples < rules.minSpeechSamples) return [];
    closedAtSample = endSample;
    const speechProbability = speech.reduce((sum, mark) => sum + mark.speechProbability, 0) / speech.length;
    return [{ startSample, endSample, speechStartSample, speechEndSample, speechProbability }];
  }

  return {
    get open() {
      return windows.length === 0 ? undefined : { startSample, speechStartSample, speechEndSample };
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
