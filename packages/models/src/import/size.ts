// How large a file or folder is.

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** All regular files in it, in bytes. */
export async function sizeOf(path: string): Promise<number> {
  const stats = await stat(path);
  if (!stats.isDirectory()) return stats.size;
  const names = await readdir(path, { recursive: true });
  const sizes = await Promise.all(names.map((name) => stat(join(path, name))));
  return sizes.reduce((sum, one) => sum + (one.isFile() ? one.size : 0), 0);
}
