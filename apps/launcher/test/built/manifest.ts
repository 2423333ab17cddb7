// Where the launcher lies and what its manifest says.

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

interface Manifest {
  readonly icon: string;
  readonly commands: readonly { readonly name: string; readonly title: string; readonly mode: 'view' | 'no-view' }[];
  readonly dependencies: Readonly<Record<string, string>>;
}

export const launcher = resolve(import.meta.dirname, '../..');
export const manifest = JSON.parse(readFileSync(join(launcher, 'package.json'), 'utf8')) as Manifest;
