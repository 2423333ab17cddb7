// A book as chapters of plain text, from the forms that books come in.

import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { unzipSync } from 'fflate';
import type { BookChapter } from './chapter.ts';
import { chaptersOfEpub } from './epub.ts';
import { chaptersOfFb2 } from './fb2.ts';
import { chaptersOfText, decodeText } from './text.ts';

const ZIP = 'PK\u0003\u0004';
/** Beyond it is no book. */
const MOST_BYTES = 100 * 2 ** 20;

/** The chapters of a `.txt`, `.epub`, `.fb2` or `.fb2.zip`. Rejects with `ERR_FILE_NOT_FOUND` and `ERR_DATASET`. */
export async function readBook(path: string): Promise<BookChapter[]> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new VoiceInputError('ERR_FILE_NOT_FOUND', `There is no book ${path}.`, { cause });
  });
  const chapters = chaptersIn(path, bytes).filter(({ text }) => /\p{L}/u.test(text));
  if (chapters.length > 0) return chapters;
  throw new VoiceInputError('ERR_DATASET', `${path} holds no text.`, { hint: 'Name a book as .txt, .epub or .fb2.' });
}

function chaptersIn(path: string, bytes: Uint8Array): BookChapter[] {
  try {
    if (Buffer.from(bytes.subarray(0, 4)).toString('latin1') === ZIP) {
      const files = unzipped(bytes);
      const fb2 = Object.keys(files).find((name) => extname(name) === '.fb2');
      return fb2 === undefined ? chaptersOfEpub(files) : chaptersOfFb2(decodeText(files[fb2]!));
    }
    const text = decodeText(bytes);
    return /<FictionBook[\s>]/.test(text.slice(0, 2000)) ? chaptersOfFb2(text) : chaptersOfText(text);
  } catch (error) {
    if (error instanceof VoiceInputError) throw error;
    throw new VoiceInputError('ERR_DATASET', `The book ${path} cannot be read: ${(error as Error).message}`, {
      hint: 'Name a book as .txt, .epub or .fb2.',
      cause: error,
    });
  }
}

/** The texts inside; pictures and fonts stay packed. */
function unzipped(bytes: Uint8Array): Record<string, Uint8Array> {
  let total = 0;
  return unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      if (!/\.(?:x?html?|xml|opf|fb2)$/i.test(name)) return false;
      total += originalSize;
      if (total <= MOST_BYTES) return true;
      throw new Error(`it would be larger than ${MOST_BYTES / 2 ** 20} MB when it is unpacked`);
    },
  });
}
