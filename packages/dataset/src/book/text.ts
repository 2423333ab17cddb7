// Plain text: its coding, and where chapters begin.

import type { BookChapter } from './chapter.ts';

const HEADING = /^\s*(?:chapter|part|book|глава|часть|книга|том)\s+[\p{L}\d]+\b.{0,60}$/iu;

/** UTF-8 or UTF-16, as its mark says; what is neither is what most Russian texts were before. XML says itself what it is. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const named = /^[^>]{0,100}encoding=["']([\w-]+)["']/.exec(
    Buffer.from(bytes.subarray(0, 200)).toString('latin1'),
  )?.[1];
  if (named !== undefined) return new TextDecoder(named).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1251').decode(bytes);
  }
}

/** A chapter begins at a line such as "Chapter 2"; without any all of it is one. */
export function chaptersOfText(text: string): BookChapter[] {
  const chapters: { title: string; lines: string[] }[] = [{ title: '', lines: [] }];
  for (const line of text.split(/\r?\n/)) {
    if (HEADING.test(line)) chapters.push({ title: line.trim(), lines: [] });
    chapters.at(-1)!.lines.push(line);
  }
  return chapters.map(({ title, lines }) => ({ title, text: lines.join('\n') }));
}
