// When a text is not believed, because nobody spoke.

export interface SilenceEvidence {
  /** The decoder's own probability that nobody speaks, 0…1. */
  readonly noSpeech: number;
  /** Mean natural-log probability of the text's tokens. */
  readonly meanLogProb: number;
}

/**
 * The surer the decoder is that nobody speaks, the likelier a text has to be. On whisper-base no clip of 315 with
 * speech came under any of these, and 21 of 23 with noise did, one of the others being a voice.
 */
const INVENTED = [
  { noSpeech: 0, meanLogProb: -2 },
  { noSpeech: 0.3, meanLogProb: -1 },
  { noSpeech: 0.6, meanLogProb: -0.5 },
];

/** Whether a text was made up on silence or noise. */
export function isInvented({ noSpeech, meanLogProb }: SilenceEvidence): boolean {
  return INVENTED.some((bar) => noSpeech > bar.noSpeech && meanLogProb < bar.meanLogProb);
}
