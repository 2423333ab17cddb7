// Who publishes VoiceInput and where: `owner.json`, which the owner fills in.

import { readFileSync } from 'node:fs';
import { z } from 'zod';

const shape = z.strictObject({
  /** Where the sources are: `https://…`, without `.git`. */
  repository: z.string(),
  homepage: z.string(),
  bugs: z.string(),
  author: z.string(),
});

export type Owner = z.infer<typeof shape>;

/** What the file at `path` says. Throws when it is not of that shape. */
export function readOwner(path: string): Owner {
  return shape.parse(JSON.parse(readFileSync(path, 'utf8')));
}

/** The names of what the owner has not filled in. */
export function missingIn(owner: Owner): string[] {
  return Object.entries(owner).flatMap(([name, value]) => (value === '' ? [name] : []));
}
