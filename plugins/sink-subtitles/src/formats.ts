// How cues are written as SubRip and as WebVTT.

import type { Cue } from './cues.ts';

/** SubRip: numbered cues, comma before the milliseconds. */
export function toSrt(cues: readonly Cue[]): string {
  return cues
    .map(({ startMs, endMs, text }, index) => `${index + 1}\n${time(startMs, ',')} --> ${time(endMs, ',')}\n${text}\n`)
    .join('\n');
}

/** WebVTT, https://www.w3.org/TR/webvtt1/: header, point before the milliseconds, markup characters escaped. */
export function toVtt(cues: readonly Cue[]): string {
  const escape = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return [
    'WEBVTT\n',
    ...cues.map(({ startMs, endMs, text }) => `${time(startMs, '.')} --> ${time(endMs, '.')}\n${escape(text)}\n`),
  ].join('\n');
}

function time(ms: number, separator: ',' | '.'): string {
  const pad = (value: number, digits = 2): string => String(Math.floor(value)).padStart(digits, '0');
  return `${pad(ms / 3_600_000)}:${pad((ms / 60_000) % 60)}:${pad((ms / 1000) % 60)}${separator}${pad(ms % 1000, 3)}`;
}
