// How a CTC model's frames become text: repeated symbols once, blanks left out.

import { HOP_SAMPLES } from './frontend.js';

const SYMBOLS = ['', 'a', 'e', 'i', 'o', 'u'];

/** `logProbs`: a row of log-probabilities for each frame. Every vowel is a word of its own, with its place. */
export function textOf(logProbs, { frames, startSample, minFrames }) {
  const runs = [];
  for (let frame = 0; frame < frames; frame++) {
    const row = logProbs.subarray(frame * SYMBOLS.length, (frame + 1) * SYMBOLS.length);
    const symbol = row.indexOf(Math.max(...row));
    const run = runs.at(-1);
    if (run?.symbol === symbol) runs[runs.length - 1] = { ...run, frames: run.frames + 1, sum: run.sum + row[symbol] };
    else runs.push({ symbol, start: frame, frames: 1, sum: row[symbol] });
  }
  const said = runs.filter(({ symbol, frames: count }) => symbol !== 0 && count >= minFrames);
  const words = said.map(({ symbol, start, frames: count, sum }) => ({
    text: SYMBOLS[symbol],
    startSample: startSample + start * HOP_SAMPLES,
    endSample: startSample + (start + count) * HOP_SAMPLES,
    confidence: Math.exp(sum / count),
  }));
  const text = words.map((word) => word.text).join(' ');
  if (text === '') return { text };
  const meanLogProb = words.reduce((sum, { confidence }) => sum + Math.log(confidence), 0) / words.length;
  return { text, words, meanLogProb };
}
