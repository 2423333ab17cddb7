// What a file or folder is that no plugin takes for a model, in a few words for its user.

import { open, readdir, stat } from 'node:fs/promises';

const MOST_NAMES = 4;
const BEGINNING_BYTES = 262;

/** https://www.iana.org/assignments/media-types and the formats' own descriptions. */
const SIGNATURES: readonly (readonly [name: string, bytes: string, at?: number])[] = [
  ['a ZIP archive', 'PK\u0003\u0004'],
  ['a gzip archive', '\u001f\u008b'],
  ['a bzip2 archive', 'BZh'],
  ['an XZ archive', '\u00fd7zXZ'],
  ['a 7-Zip archive', '7z\u00bc\u00af'],
  ['a tar archive', 'ustar', 257],
  ['a GGUF file', 'GGUF'],
  ['an HDF5 file', '\u0089HDF'],
  ['a PDF', '%PDF'],
  ['a WAVE file', 'RIFF'],
  ['a web page', '<!doctype html'],
  ['a web page', '<html'],
  ['a Git LFS pointer, not the file itself', 'version https://git-lfs'],
];

/** `path` is there. As it goes on after "is": `an empty file`, `a ZIP archive`, `a folder with a.txt and 3 more`. */
export async function whatIs(path: string): Promise<string> {
  const stats = await stat(path);
  if (stats.isDirectory()) return folderWith((await readdir(path)).toSorted());
  if (!stats.isFile()) return 'no regular file';
  if (stats.size === 0) return 'an empty file';
  const beginning = await beginningOf(path);
  const found = SIGNATURES.find(([, bytes, at = 0]) =>
    beginning.slice(at).toLowerCase().startsWith(bytes.toLowerCase()),
  );
  return found?.[0] ?? `a file of an unknown format (${stats.size} bytes)`;
}

function folderWith(names: readonly string[]): string {
  if (names.length === 0) return 'an empty folder';
  const first = names.slice(0, MOST_NAMES).join(', ');
  const more = names.length - MOST_NAMES;
  return more > 0 ? `a folder with ${first} and ${more} more` : `a folder with ${first}`;
}

async function beginningOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(BEGINNING_BYTES), position: 0 });
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}
