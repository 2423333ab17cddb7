// How progress looks.

import { inLocale } from '../messages/in-locale.ts';
const WIDEST = 24;
const NARROWEST = 4;
const USUAL_COLUMNS = 80;

export interface Transfer {
  readonly name: string;
  readonly doneBytes: number;
  readonly totalBytes: number;
}

/** `name  ███████░░░  42 %  12.3 of 29.4 MB`; the bar gives way where the screen is narrow. A screen that does not know its width says 0. */
export function bar({ name, doneBytes, totalBytes }: Transfer, columns = 0): string {
  const share = totalBytes === 0 ? 1 : Math.min(1, doneBytes / totalBytes);
  const detail = inLocale`${Math.floor(share * 100)} %  ${megabytes(doneBytes)} of ${megabytes(totalBytes)} MB`;
  const free = (columns || USUAL_COLUMNS) - 1 - name.length - detail.length - 4;
  const width = Math.max(NARROWEST, Math.min(WIDEST, free));
  const filled = Math.round(share * width);
  return `${name}  ${'█'.repeat(filled)}${'░'.repeat(width - filled)}  ${detail}`;
}

export function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}

export function gigabytes(bytes: number): string {
  return (bytes / 1_000_000_000).toFixed(1);
}

/** `1:02:03` or `2:03`. */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0
    ? `${h}:${String(m).padStart(2, '0')}:${String(s).padStart(2, '0')}`
    : `${m}:${String(s).padStart(2, '0')}`;
}

/** Latin, Greek, Cyrillic, and what lines and bars are drawn with. */
const NARROW = /^[\u0000-\u10ff\u2500-\u259f]$/;

/** As much of the beginning of `text` as surely fits: what is not surely narrow may be two columns wide. */
export function fitting(text: string, columns: number): string {
  let used = 0;
  let fits = '';
  for (const character of text) {
    used += NARROW.test(character) ? 1 : 2;
    if (used > columns) break;
    fits += character;
  }
  return fits;
}
