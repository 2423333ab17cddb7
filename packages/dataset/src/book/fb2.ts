// FictionBook: the sections of its body; notes and what is only for machines are left out.

import { Parser } from 'htmlparser2';
import type { BookChapter } from './chapter.ts';

const SILENT = new Set(['description', 'binary', 'table', 'stylesheet']);
const BLOCKS = new Set(['p', 'title', 'subtitle', 'v', 'stanza', 'epigraph', 'text-author', 'cite', 'empty-line']);

/** Chapters are the sections of the first body, with all sections inside them. */
export function chaptersOfFb2(xml: string): BookChapter[] {
  const chapters: { title: string; text: string }[] = [{ title: '', text: '' }];
  let [silent, depth, inTitle] = [0, 0, 0];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const isNote = (name === 'body' && attributes['name'] !== undefined) || attributes['type'] === 'note';
        if (SILENT.has(name) || isNote || silent > 0) silent++;
        else if (name === 'section' && depth++ === 0) chapters.push({ title: '', text: '' });
        else if (name === 'title' && depth === 1) inTitle++;
      },
      ontext(text) {
        if (silent > 0) return;
        const chapter = chapters.at(-1)!;
        chapter.text += text;
        if (inTitle > 0) chapter.title = `${chapter.title} ${text}`.replace(/\s+/g, ' ').trim();
      },
      onclosetag(name) {
        if (silent > 0) silent--;
        else if (name === 'section') depth--;
        else if (name === 'title' && inTitle > 0) inTitle--;
        if (BLOCKS.has(name)) chapters.at(-1)!.text += '\n';
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml);
  return chapters;
}
