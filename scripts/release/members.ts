// The packages of this workspace that are published.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Manifest {
  name: string;
  version: string;
  private?: boolean;
  license?: string;
  bin?: Readonly<Record<string, string>>;
  files?: readonly string[];
  dependencies?: Record<string, string>;
  [field: string]: unknown;
}

export interface Member {
  /** Its folder, from the root of the workspace. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Raycast's store takes it from the repository. */
const IN_A_STORE = 'voiceinput-launcher';

/** All that are published, by name. */
export function membersOf(root: string): Member[] {
  return ['packages', 'plugins', 'apps']
    .flatMap((room) => readdirSync(join(root, room)).map((name) => `${room}/${name}`))
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .map((folder) => ({ folder, manifest: manifestIn(join(root, folder)) }))
    .filter(({ manifest }) => manifest.private !== true && manifest.name !== IN_A_STORE)
    .toSorted((one, other) => one.manifest.name.localeCompare(other.manifest.name));
}

/** The `package.json` of a folder. */
export function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}
