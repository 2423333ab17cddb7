// Makes a package what it is on the registry: whoever reads it there has no workspace around it.

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { x } from 'tar';
import { bundleInto } from './bundle.ts';
import type { Member, Manifest } from './members.ts';
import { manifestIn } from './members.ts';
import type { Owner } from './owner.ts';
import { PUBLISHED_RUNTIME, runtimeVersion } from './runtime.ts';

export interface Staging {
  /** The root of the workspace. */
  readonly root: string;
  readonly owner: Owner;
  /** Where the folders go. */
  readonly into: string;
}

/** A folder that is as it will be published, of `member`, which is built. */
export async function stage({ folder, manifest: { name } }: Member, { root, owner, into }: Staging): Promise<string> {
  const staging = join(into, name.replace('/', '+'));
  mkdirSync(staging, { recursive: true });
  const raw = filenameOf(
    run(join(root, 'node_modules/.bin/pnpm'), ['pack', '--json', '--pack-destination', staging], join(root, folder)),
  );
  await x({ file: raw, cwd: staging });
  const staged = join(staging, 'package');
  const manifest = manifestIn(staged);
  const bundleDependencies = bundleInto(staged, join(root, folder), manifest);
  rewriteManifest(staged, { ...manifest, ...credits(owner, folder), bundleDependencies }, root);
  rewriteLinks(staged, owner, folder);
  writeFileSync(join(staged, 'CHANGELOG.md'), changelogOf(name, root));
  if (!existsSync(join(staged, 'LICENSE'))) cpSync(join(root, 'LICENSE'), join(staged, 'LICENSE'));
  return staged;
}

/** The tarballs of folders that are as they will be published, in their order; npm starts once for all. */
export function packFolders(folders: readonly string[], into: string): string[] {
  const packed = JSON.parse(
    run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', into, ...folders], into),
  ) as { filename: string }[];
  return packed.map(({ filename }) => join(into, filename.replace(/^@/, '').replace('/', '-')));
}

function credits({ repository, homepage, bugs, author }: Owner, directory: string): Partial<Manifest> {
  return {
    ...(author !== '' && { author }),
    ...(homepage !== '' && { homepage }),
    ...(bugs !== '' && { bugs }),
    ...(repository !== '' && { repository: { type: 'git', url: `git+${repository}.git`, directory } }),
    publishConfig: { access: 'public' },
  };
}

/** The versions of a package, newest first, as `pnpm version -r` wrote them down. */
function changelogOf(name: string, root: string): string {
  const folder = join(root, '.changeset', 'changelogs');
  const versions = readdirSync(folder)
    .filter((file) => file.startsWith(`${name.replace('/', '!')}@`))
    .toSorted((one, other) => other.localeCompare(one, 'en', { numeric: true }));
  return versions.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n') + '\n';
}

/** Nobody who installs builds; and who installs gets the runtime of one platform, not of five. */
function rewriteManifest(folder: string, manifest: Manifest, root: string): void {
  const { scripts: _scripts, devDependencies: _development, ...published } = manifest;
  published.files = [...(published.files ?? []), 'CHANGELOG.md'];
  published['keywords'] ??= ['voiceinput', 'dictation', 'speech-to-text'];
  // Tools read which version they have.
  const { exports } = published;
  if (exports !== undefined) published['exports'] = { ...(exports as object), './package.json': './package.json' };
  const { dependencies } = published;
  if (dependencies?.['onnxruntime-node'] !== undefined)
    dependencies['onnxruntime-node'] = `npm:${PUBLISHED_RUNTIME}@${runtimeVersion(root)}`;
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(published, undefined, 2)}\n`);
}

/** Links that lead out of the package lead into the repository. */
function rewriteLinks(folder: string, { repository }: Owner, directory: string): void {
  const readme = join(folder, 'README.md');
  if (repository === '' || !existsSync(readme)) return;
  const base = new URL(`${repository}/blob/HEAD/${directory}/`);
  const text = readFileSync(readme, 'utf8').replaceAll(
    /\]\((?<path>\.\.?\/[^)]*)\)/g,
    (_all, path: string) => `](${new URL(path, base).href})`,
  );
  writeFileSync(readme, text);
}

const filenameOf = (json: string): string => (JSON.parse(json) as { filename: string }).filename;

function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
