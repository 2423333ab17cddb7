// What is kept of a transfer that broke off, and for which transfer it may be used.

import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { statIfThere } from '../cache/check.ts';
import { partialPrefix } from '../cache/install.ts';
import type { Order, PinnedFile } from './order.ts';

/** Where the file grows. The name says of what it is a part: of this checksum and size, wherever it comes from. */
export function partialPath({ integrity, bytes }: PinnedFile, order: Order): string {
  const key = createHash('sha256')
    .update(JSON.stringify([integrity, bytes]))
    .digest('hex')
    .slice(0, 16);
  return join(order.keepFolder, `${partialPrefix(order.entry)}${key}.part`);
}

/** How much of it is there; nothing of one that is longer than it can be. */
export async function partialBytes(path: string, { bytes }: PinnedFile): Promise<number> {
  const size = (await statIfThere(path))?.size ?? 0;
  if (size <= bytes) return size;
  await rm(path);
  return 0;
}
