// How a promise is tried: its tests run alone, and what came of them becomes a row.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Proof } from './proof.ts';

export interface Trying {
  /** Of the workspace. */
  readonly root: string;
  /** For reports of runs. */
  readonly folder: string;
  readonly seed: string;
  /** Absent when something is not committed. */
  readonly commit: string | undefined;
}

/** Tries it, tells how it went on, and gives its row. */
export function tryOut({ project, files, env, promise, count, told }: Proof, { root, folder, seed, commit }: Trying) {
  const outputFile = join(folder, `${project}-${files}.json`);
  process.stdout.write(`${promise} (${count}) … `);
  const startedAtMs = performance.now();
  const args = [
    'run',
    '--project',
    project,
    files,
    '--reporter=json',
    `--outputFile=${outputFile}`,
    '--testTimeout=3600000',
  ];
  const { status, stdout, stderr } = spawnSync('vitest', args, {
    cwd: root,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  const seconds = Math.round((performance.now() - startedAtMs) / 1000);
  const { numPassedTests, numFailedTests } = readReport(outputFile, stderr);
  const held = status === 0 && numPassedTests > 0 && numFailedTests === 0;
  process.stdout.write(`${held ? 'held' : 'BROKEN'}, ${seconds} s\n`);
  const said = told?.exec(`${stdout}${stderr}`)?.[0];
  const outcome = `${held ? 'held' : '**broken**'}${said === undefined ? '' : `; ${said}`}`;
  const tried = `${numPassedTests + numFailedTests} in ${project}/${files}`;
  const when = `${new Date().toISOString().slice(0, 10)}, ${seed}, ${commit ?? 'uncommitted'}`;
  return { held, row: `| ${[promise, count, tried, outcome, seconds, when].join(' | ')} |` };
}

function readReport(file: string, stderr: string): { numPassedTests: number; numFailedTests: number } {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { numPassedTests: number; numFailedTests: number };
  } catch (error) {
    throw new Error(`The run left no report: ${stderr}`, { cause: error });
  }
}
