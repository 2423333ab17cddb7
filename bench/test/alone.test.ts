// Memory as if nobody shared it: what is no file counts in every process, a file once.

import { expect, it } from 'vitest';
import { mappingsIn, memoryAlone } from '../src/processes/alone.ts';

const mapping = (head: string, rss: number, anonymous: number): string =>
  `${head}\nSize: 900 kB\nRss:      ${rss} kB\nPss:  1 kB\nAnonymous:    ${anonymous} kB\nVmFlags: rd mr\n`;
const node = '00400000-00b00000 r-xp 00001000 fd:00 77    /usr/bin/node with blanks';
const heap = '7f0000000000-7f0000400000 rw-p 00000000 00:00 0 ';
const smaps = (nodeKb: number, heapKb: number): string => mapping(node, nodeKb, 10) + mapping(heap, heapKb, heapKb);

it('reads the file and the rest of each mapping', () => {
  expect(mappingsIn(smaps(110, 50))).toEqual([
    { file: 'fd:00 77 00001000', filedBytes: 100 * 1024, anonymousBytes: 10 * 1024 },
    { file: '00:00 0 00000000', filedBytes: 0, anonymousBytes: 50 * 1024 },
  ]);
  expect(mappingsIn('')).toEqual([]);
});

it('counts a file once, by the process that has most of it', () => {
  const processes = [mappingsIn(smaps(110, 50)), mappingsIn(smaps(210, 70))];
  expect(memoryAlone(processes)).toBe((200 + 10 + 50 + 10 + 70) * 1024);
});
