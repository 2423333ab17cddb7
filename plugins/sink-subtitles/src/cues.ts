// Decides how a segment's text is spread over subtitles that can be read in the time they stand.

import type { SegmentResult } from '@voiceinput/plugin-api';
import { samplesToMs } from '@voiceinput/plugin-api';

export interface Cue {
  readonly startMs: number;
  readonly endMs: number;
  /** One or two lines. */
  readonly text: string;
}

/** Two lines of 42 characters: what subtitle style guides (BBC, Netflix) allow. */
const LINE_CHARACTERS = 42;
const CUE_CHARACTERS = LINE_CHARACTERS * 2;

/** Cues in order, without overlaps. Inside a segment time is shared by the number of characters. */
export function toCues(segments: readonly SegmentResult[]): Cue[] {
  return segments.flatMap(({ text, startSample, endSample }) => {
    const parts = partsOf(text);
    const characters = parts.reduce((sum, part) => sum + part.length, 0);
    const startMs = samplesToMs(startSample);
    const msPerCharacter = characters === 0 ? 0 : (samplesToMs(endSample) - startMs) / characters;
    let done = 0;
    return parts.map((part) => {
      const cue = {
        startMs: Math.round(startMs + done * msPerCharacter),
        endMs: Math.round(startMs + (done + part.length) * msPerCharacter),
        text: inLines(part),
      };
      done += part.length;
      return cue;
    });
  });
}

/** Cuts at ends of sentences where that fills a cue well, else between words. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > CUE_CHARACTERS) {
    const cut = cutOf(rest);
    parts.push(rest.slice(0, cut).trim());
    rest = rest.slice(cut).trim();
  }
  if (rest !== '') parts.push(rest);
  return parts;
}

function cutOf(text: string): number {
  const start = text.slice(0, CUE_CHARACTERS + 1);
  const sentence = [...start.matchAll(/[.!?…]["'”’)]*\s/g)].at(-1);
  if (sentence !== undefined && sentence.index >= LINE_CHARACTERS / 2) return sentence.index + sentence[0].length;
  const space = start.lastIndexOf(' ');
  return space > 0 ? space : graphemeCut(text);
}

/** For scripts that write no spaces. */
function graphemeCut(text: string): number {
  let cut = 0;
  for (const { index, segment } of new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text)) {
    if (index + segment.length > CUE_CHARACTERS && cut > 0) break;
    cut = index + segment.length;
  }
  return cut;
}

/** Breaks a long text near its middle. */
function inLines(text: string): string {
  if (text.length <= LINE_CHARACTERS) return text;
  const middle = text.length / 2;
  const spaces = [...text.matchAll(/ /g)].map(({ index }) => index);
  const fitting = spaces.filter((index) => index <= LINE_CHARACTERS && text.length - index - 1 <= LINE_CHARACTERS);
  const near = (fitting.length > 0 ? fitting : spaces).toSorted(
    (a, b) => Math.abs(a - middle) - Math.abs(b - middle),
  )[0];
  return near === undefined ? text : `${text.slice(0, near)}\n${text.slice(near + 1)}`;
}
