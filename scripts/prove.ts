// Which promises are tried with long counts, and writes what came of it to docs/RELIABILITY.md.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pageOf, rowsOf } from './prove/page.ts';
import { daemonProofs } from './prove/promises/daemon.ts';
import { engineProofs } from './prove/promises/engine.ts';
import { fieldProofs } from './prove/promises/field.ts';
import { ownModelProofs } from './prove/promises/own-model.ts';
import { programProofs } from './prove/promises/program.ts';
import { countsOf } from './prove/proof.ts';
import { tryOut } from './prove/run.ts';

const root = resolve(import.meta.dirname, '..');
const PAGE = join(root, 'docs', 'RELIABILITY.md');
/** What the rounds in real applications came to: a file a target, so that they can be repeated one by one. */
const RECORDED = join(root, 'docs', 'reliability');

/**
 * `pnpm prove [SEED [PART]]`: only the proofs whose tests have PART in their names; the rows of the others stay. What held
 * with this seed at this commit is not tried once more, so that a run that was stopped goes on.
 */
const [seed = '20261121', part = ''] = process.argv.slice(2);
const counts = countsOf(seed, RECORDED);
const proofs = [engineProofs, daemonProofs, fieldProofs, programProofs, ownModelProofs].flatMap((proofsOf) =>
  proofsOf(counts),
);

const folder = mkdtempSync(join(tmpdir(), 'voiceinput-prove-'));
const rows = rowsOf(readFileSync(PAGE, 'utf8'));
const commit = commitOfTree();
let allHeld = true;
for (const proof of proofs.filter(({ project, files }) => `${project}/${files}`.includes(part))) {
  if (heldBefore(rows.get(proof.promise))) continue;
  const { row, held } = tryOut(proof, { root, folder, seed, commit });
  allHeld &&= held;
  rows.set(proof.promise, row);
  // The last ones take long: whoever stops them keeps what was proven before.
  write();
}
// Also where PART named no test: what was recorded of the rounds may be newer.
write();
rmSync(folder, { recursive: true });
process.exitCode = allHeld ? 0 : 1;

function write(): void {
  const results = proofs.flatMap(({ promise }) => rows.get(promise) ?? []);
  writeFileSync(PAGE, pageOf(results, RECORDED));
  spawnSync('prettier', ['--write', '--log-level', 'warn', PAGE], { cwd: root, stdio: 'inherit' });
}

/** Absent when something is not committed, other than what this program writes. */
function commitOfTree(): string | undefined {
  const git = (...args: readonly string[]): string =>
    spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout.trim();
  return git('status', '--porcelain', '--', '.', ':!docs') === '' ? git('rev-parse', '--short=10', 'HEAD') : undefined;
}

function heldBefore(row: string | undefined): boolean {
  return commit !== undefined && row !== undefined && row.includes(`, ${seed}, ${commit} `) && row.includes('| held');
}
