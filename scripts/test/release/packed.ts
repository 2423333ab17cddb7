// What `pnpm release` makes of this clone, and what was packed when the program had another name.

import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../../..');
const pnpm = join(root, 'node_modules/.bin/pnpm');

/** The tarballs, packed and checked now. */
export async function packedNow(): Promise<string[]> {
  await run('npm', ['run', '-s', 'release', '--', '--dry-run'], { cwd: root });
  return tarballsIn(join(root, 'node_modules', '.release'));
}

/** The commit whose packages are the first that anybody may have: the command line was `@voiceinput/cli` then. */
const FIRST = 'da700a8';
const WITH_ALL_IT_NEEDS = ['--filter-prod', '@voiceinput/cli...'];

export interface First {
  readonly tarballs: readonly string[];
  /** Removes them. */
  close(): void;
}

/** What that commit's command line is installed from, built and packed. Rejects when this clone does not have the commit. */
export async function packedFirst(): Promise<First> {
  const folder = mkdtempSync(join(tmpdir(), 'voiceinput-first-'));
  const close = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  try {
    await extractFirst(folder);
    const within = { cwd: folder };
    // The root has the compiler.
    const packages = [...WITH_ALL_IT_NEEDS, '--filter', 'voiceinput'];
    await run(pnpm, ['install', '--frozen-lockfile', '--reporter=silent', ...packages], within);
    await run(join(folder, 'node_modules/.bin/tsc'), ['-b', 'apps/cli'], within);
    const into = join(folder, 'tarballs');
    await run(pnpm, ['-r', ...WITH_ALL_IT_NEEDS, 'pack', '--pack-destination', into], within);
    return { tarballs: tarballsIn(into), close };
  } catch (error) {
    close();
    throw error;
  }
}

async function extractFirst(folder: string): Promise<void> {
  const archive = join(folder, 'first.tar');
  try {
    await run('git', ['archive', '--output', archive, FIRST], { cwd: root });
  } catch (cause) {
    throw new Error(`This clone lacks ${FIRST}, the first commit with packages: fetch all of its history.`, { cause });
  }
  await run('tar', ['-xf', archive, '-C', folder]);
}

const tarballsIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.tgz'))
    .map((name) => join(folder, name));
