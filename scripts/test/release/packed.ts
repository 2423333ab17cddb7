// What `pnpm release` makes of this clone, and what was packed when the program had another name.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

/** The tarballs, packed and checked now. */
export function packedNow(): string[] {
  execFileSync('npm', ['run', '-s', 'release', '--', '--dry-run'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  return tarballsIn(join(root, 'node_modules', '.release'));
}

/** The commit whose packages are the first that anybody may have: the command line was `@voiceinput/cli` then. */
const FIRST = 'da700a8';

/** Its tarballs. Absent: this clone does not have the commit. */
export function packedFirst(): string[] | undefined {
  const git = (...args: readonly string[]): Buffer => execFileSync('git', args, { cwd: root, maxBuffer: 1e9 });
  try {
    git('cat-file', '-e', `${FIRST}^{commit}`);
  } catch {
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'voiceinput-first-'));
  execFileSync('tar', ['-x', '-C', folder], { input: git('archive', FIRST) });
  execFileSync(process.execPath, ['scripts/set-up.mjs'], { cwd: folder, stdio: 'ignore' });
  const into = join(folder, 'tarballs');
  const pnpm = join(folder, 'node_modules/.bin/pnpm');
  for (const room of ['packages', 'plugins', 'apps'])
    for (const name of readdirSync(join(folder, room)))
      if (name !== 'launcher')
        execFileSync(pnpm, ['pack', '--pack-destination', into], { cwd: join(folder, room, name), stdio: 'ignore' });
  return tarballsIn(into);
}

const tarballsIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.tgz'))
    .map((name) => join(folder, name));
