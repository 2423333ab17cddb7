import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bookText, chapterAt, readBook } from '@voiceinput/dataset';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'voiceinput-book-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function book(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

const wordsIn = async (path: string): Promise<string[]> => {
  const text = bookText(await readBook(path));
  return text.starts.map((start, index) => text.words.slice(start, text.starts[index + 1]).join(' '));
};

test('plain text has chapters where it says so', async () => {
  const path = book('a.txt', 'A Title\n\nChapter 1\nIt was —\nnight[1].\n\nChapter Two. The Day\nIt dawned.\n');
  expect(await wordsIn(path)).toEqual(['A Title', 'Chapter 1 It was night.', 'Chapter Two. The Day It dawned.']);
  const text = bookText(await readBook(path));
  expect(chapterAt(text, text.words.length - 1)).toBe('3 Chapter Two. The Day');
  expect(chapterAt(text, 0)).toBe('1');
});

test('old Russian codings are understood', async () => {
  const bytes = Uint8Array.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]);
  expect(await wordsIn(book('a.txt', bytes))).toEqual(['Привет']);
  const head = strToU8('<?xml version="1.0" encoding="windows-1251"?><FictionBook><body><section><p>');
  const fb2 = Buffer.concat([head, bytes, strToU8('</p></section></body></FictionBook>')]);
  expect(await wordsIn(book('a.fb2', fb2))).toEqual(['Привет']);
});

const FB2 = `<?xml version="1.0" encoding="utf-8"?><FictionBook xmlns:l="x"><description><p>Not said</p></description>
  <body><title><p>The Book</p></title>
  <section><title><p>One</p></title><p>First &amp; <emphasis>fore</emphasis>most<a l:href="#n1" type="note">[1]</a>.</p>
  <section><p>Inner.</p></section></section>
  <section><title><p>Two</p></title><p>Second.</p></section></body>
  <body name="notes"><section><p>A note.</p></section></body><binary>AAAA</binary></FictionBook>`;

test('FictionBook: sections are chapters, notes are not read', async () => {
  expect(await wordsIn(book('a.fb2', FB2))).toEqual(['The Book', 'One First foremost. Inner.', 'Two Second.']);
  expect((await readBook(book('b.fb2.zip', zipSync({ 'b.fb2': strToU8(FB2) })))).map(({ title }) => title)).toEqual([
    '',
    'One',
    'Two',
  ]);
});

test('EPUB: pages in their order', async () => {
  const epub = zipSync({
    mimetype: strToU8('application/epub+zip'),
    'META-INF/container.xml': strToU8(
      '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
    ),
    'OEBPS/book.opf': strToU8(
      '<package><manifest><item id="a" href="a%20page.xhtml"/><item id="b" href="b.xhtml"/></manifest><spine><itemref idref="b"/><itemref idref="a"/></spine></package>',
    ),
    'OEBPS/a page.xhtml': strToU8(
      '<html><head><title>No</title></head><body><h1>Two</h1><p>Sec&shy;ond.</p></body></html>',
    ),
    'OEBPS/b.xhtml': strToU8('<html><body><h2>One</h2><p>First<br/>line.</p><script>no()</script></body></html>'),
    'OEBPS/picture.png': new Uint8Array(10),
  });
  expect(await wordsIn(book('a.epub', epub))).toEqual(['One First line.', 'Two Second.']);
});

test('what is no book is said', async () => {
  await expect(readBook(join(folder, 'none.txt'))).rejects.toMatchObject({ code: 'ERR_FILE_NOT_FOUND' });
  await expect(readBook(book('empty.txt', '\n 1\n'))).rejects.toMatchObject({ code: 'ERR_DATASET' });
  await expect(readBook(book('other.zip', zipSync({ 'a.xml': strToU8('<a/>') })))).rejects.toMatchObject({
    code: 'ERR_DATASET',
    message: expect.stringContaining('META-INF/container.xml'),
  });
});
