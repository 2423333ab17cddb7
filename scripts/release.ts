// Packs, checks and publishes all packages: `pnpm release [--dry-run] [--registry URL]`.

import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { installTools, problemsOf } from './release/check.ts';
import { manifestIn, membersOf } from './release/members.ts';
import { missingIn, readOwner } from './release/owner.ts';
import { packFolders, stage } from './release/pack.ts';
import { writeRuntime } from './release/runtime.ts';

const root = resolve(import.meta.dirname, '..');
/** Not in the repository. */
const into = join(root, 'node_modules', '.release');

const { values } = parseArgs({
  options: {
    'dry-run': { type: 'boolean', default: false },
    registry: { type: 'string' },
  },
});

const owner = readOwner(join(root, 'owner.json'));
const missing = missingIn(owner);
if (missing.length > 0) say(`owner.json lacks: ${missing.join(', ')}. Nothing is published without it.`);

rmSync(into, { recursive: true, force: true });
mkdirSync(into, { recursive: true });
const folders = writeRuntime(root, join(into, 'runtime'));
for (const member of membersOf(root)) folders.push(await stage(member, { root, owner, into: join(into, 'staged') }));
const tarballs = packFolders(folders, into);
say(`${tarballs.length} packages are in ${into}.`);

installTools();
const problems = problemsOf(tarballs.map((tarball, index) => ({ tarball, manifest: manifestIn(folders[index]!) })));
for (const { tarball, problem } of problems) say(`${basename(tarball)}:\n${problem}`);
if (problems.length > 0) fail(`${problems.length} packages have problems; nothing was published.`);
if (values['dry-run']) {
  say('publint and attw found nothing. A dry run publishes nothing.');
} else {
  if (missing.length > 0) fail(`Fill in owner.json first: ${missing.join(', ')}.`);
  for (const tarball of tarballs) publish(tarball);
}

function publish(tarball: string): void {
  const at = values.registry === undefined ? [] : ['--registry', values.registry];
  // Only a trusted builder can prove where a package comes from; its workflow sets NPM_CONFIG_PROVENANCE.
  execFileSync('npm', ['publish', tarball, '--access', 'public', ...at], { stdio: 'inherit' });
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

function fail(sentence: string): never {
  say(sentence);
  process.exit(1);
}
