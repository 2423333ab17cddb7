// EPUB: its pages in the order in which they are read.

import { posix } from 'node:path';
import { Parser } from 'htmlparser2';
import type { BookChapter } from './chapter.ts';
import { decodeText } from './text.ts';

const SILENT = new Set(['head', 'script', 'style', 'nav', 'svg', 'math']);
const BLOCKS = new Set(['p', 'div', 'br', 'li', 'tr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'section']);

type Files = Readonly<Record<string, Uint8Array>>;

/** A chapter for each page. Throws when it is no EPUB. */
export function chaptersOfEpub(files: Files): BookChapter[] {
  const container = textOf(files, 'META-INF/container.xml');
  const [opf] = attributesIn(container, 'rootfile', 'full-path');
  if (opf === undefined) throw new Error('META-INF/container.xml names no package');
  const xml = textOf(files, opf);
  const ids = attributesIn(xml, 'item', 'id');
  const places = attributesIn(xml, 'item', 'href');
  const pages = attributesIn(xml, 'itemref', 'idref').map((id) => places[ids.indexOf(id)]);
  return pages.flatMap((page) => {
    if (page === undefined) return [];
    const path = posix.join(posix.dirname(opf), decodeURIComponent(page));
    return files[path] === undefined ? [] : [chapterOf(textOf(files, path))];
  });
}

function textOf(files: Files, name: string): string {
  const file = files[name];
  if (file === undefined) throw new Error(`it has no ${name}`);
  return decodeText(file);
}

/** The attribute of all such elements, whatever prefix they have; empty where it is missing. */
function attributesIn(xml: string, element: string, attribute: string): string[] {
  const values: string[] = [];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (name.split(':').at(-1) === element) values.push(attributes[attribute] ?? '');
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  return values;
}

function chapterOf(page: string): BookChapter {
  let [silent, inHeading, title, text] = [0, 0, '', ''];
  const parser = new Parser({
    onopentag(name) {
      if (SILENT.has(name)) silent++;
      if (/^h[1-3]$/.test(name)) inHeading++;
    },
    ontext(piece) {
      if (silent > 0) return;
      text += piece;
      if (inHeading > 0) title += piece;
    },
    onclosetag(name) {
      if (SILENT.has(name) && silent > 0) silent--;
      if (/^h[1-3]$/.test(name) && inHeading > 0) inHeading--;
      if (BLOCKS.has(name)) text += '\n';
    },
  });
  parser.end(page);
  return { title: title.replace(/\s+/g, ' ').trim(), text };
}
