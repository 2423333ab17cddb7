// Packs, checks and publishes all packages: `pnpm release [--dry-run] [--registry URL]`.

import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { installTools, problemOf } from './release/check.ts';
import { manifestIn, membersOf } from './release/members.ts';
import type { Manifest } from './release/members.ts';
import { missingIn, readOwner } from './release/owner.ts';
import { pack, packFolder } from './release/pack.ts';
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
const packed: { readonly tarball: string; readonly manifest: Manifest }[] = [];
for (const folder of writeRuntime(root, join(into, 'runtime')))
  packed.push({ tarball: packFolder(folder, into), manifest: manifestIn(folder) });
for (const member of membersOf(root))
  packed.push({ tarball: await pack(member, { root, owner, into }), manifest: member.manifest });
say(`${packed.length} packages are in ${into}.`);

installTools();
let found = 0;
for (const { tarball, manifest } of packed) {
  const problem = problemOf(tarball, manifest);
  if (problem === undefined) continue;
  found += 1;
  say(`${basename(tarball)}:\n${problem}`);
}
if (found > 0) fail(`${found} packages have problems; nothing was published.`);
if (values['dry-run']) {
  say('publint and attw found nothing. A dry run publishes nothing.');
} else {
  if (missing.length > 0) fail(`Fill in owner.json first: ${missing.join(', ')}.`);
  for (const { tarball } of packed) publish(tarball);
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
