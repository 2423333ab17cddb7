// What is kept of a transfer that broke off, and for which transfer it may be used.

import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { statIfThere } from '../cache/check.ts';
import { partialPrefix } from '../cache/install.ts';
import type { NpmSource } from '@voiceinput/plugin-api';
import type { Order } from './fetch.ts';
import { withoutCredentials } from './network-failure.ts';

/**
 * Where the tarball grows. The name says of what it is a part: of this address, integrity and size. What another
 * transfer left has another name.
 */
export function partialPath(address: string, source: NpmSource, order: Order): string {
  const what = JSON.stringify([withoutCredentials(address), source.integrity, source.bytes]);
  const key = createHash('sha256').update(what).digest('hex').slice(0, 16);
  return join(order.keepFolder, `${partialPrefix(order.entry)}${key}.part`);
}

/** How much of it is there; nothing of one that is longer than it can be. */
export async function partialBytes(path: string, source: NpmSource): Promise<number> {
  const size = (await statIfThere(path))?.size ?? 0;
  if (size <= source.bytes) return size;
  await rm(path);
  return 0;
}
