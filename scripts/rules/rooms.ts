// That every room of a package's sources has a room of its name among its tests.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packages, root } from './sources.ts';
import type { Finding } from './finding.ts';

/** What tests run on is tested by those that run on it. */
const ITSELF_A_TEST = 'packages/rig';

/** A folder of `src` wants a folder of the same name in `test`, or a test file of that name. */
export function untestedRooms(): readonly Finding[] {
  return packages
    .filter((folder) => folder !== ITSELF_A_TEST)
    .flatMap((folder) =>
      foldersIn(join(root, folder, 'src'))
        .filter((room) => !isTested(join(root, folder, 'test'), room))
        .map((room) => ({
          key: `${folder}/src/${room}`,
          complaint: `${folder}/src/${room} has no tests of its own: neither ${folder}/test/${room}/ nor ${room}.test.ts`,
        })),
    );
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

function isTested(tests: string, room: string): boolean {
  return [room, `${room}.test.ts`, `${room}.test.tsx`].some((name) => existsSync(join(tests, name)));
}
