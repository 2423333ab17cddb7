// What a package is like on the registry: whoever reads it there has no workspace and no repository around it.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { manifestIn, membersOf } from '../../release/members.ts';
import { stage } from '../../release/pack.ts';

const root = resolve(import.meta.dirname, '../../..');
const owner = {
  repository: 'https://code.example/voiceinput',
  homepage: 'https://voiceinput.example',
  bugs: 'https://code.example/voiceinput/issues',
  author: 'Somebody',
};
const members = membersOf(root);
let into: string;
let staged: string;
beforeAll(async () => {
  into = mkdtempSync(join(tmpdir(), 'voiceinput-staged-'));
  const member = members.find(({ folder }) => folder === 'plugins/source-file')!;
  staged = await stage(member, { root, owner, into });
}, 60_000);
afterAll(() => rmSync(into, { recursive: true, force: true }));

const filesIn = (ending: string): string[] =>
  readdirSync(staged, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(ending));

test('depends on versions, not on the workspace, and builds nothing', () => {
  const { dependencies, scripts, devDependencies } = manifestIn(staged);
  expect(dependencies?.['@voiceinput/plugin-api']).toMatch(/^\^\d+\.\d+\.\d+$/);
  expect(JSON.stringify(dependencies)).not.toContain('workspace:');
  expect([scripts, devDependencies]).toEqual([undefined, undefined]);
});

test('may be seen by everybody, and says where it comes from', () => {
  expect(manifestIn(staged)).toMatchObject({
    publishConfig: { access: 'public' },
    repository: { url: `git+${owner.repository}.git`, directory: 'plugins/source-file' },
    homepage: owner.homepage,
    bugs: owner.bugs,
    author: owner.author,
    keywords: expect.arrayContaining(['dictation']),
    exports: expect.objectContaining({ './package.json': './package.json' }),
  });
  for (const name of ['LICENSE', 'CHANGELOG.md', 'README.md']) expect(existsSync(join(staged, name)), name).toBe(true);
});

test('no link of its README leads out of it', () => {
  const links = [...readFileSync(join(staged, 'README.md'), 'utf8').matchAll(/\]\((?<to>[^)#]+)/g)];
  expect(links).not.toEqual([]);
  expect(links.map(({ groups }) => groups!['to']).filter((to) => !/^https?:/.test(to!))).toEqual([]);
});

test('every map leads to a source that is there', () => {
  // What is bundled with it is of others.
  const maps = filesIn('.map').filter((name) => !name.startsWith('node_modules'));
  expect(maps).not.toEqual([]);
  for (const map of maps) {
    const path = join(staged, map);
    const { sources } = JSON.parse(readFileSync(path, 'utf8')) as { sources: readonly string[] };
    for (const source of sources) expect(existsSync(join(dirname(path), source)), `${map}: ${source}`).toBe(true);
  }
});

test('what another package may be, no package leaves open: no range ends before the next version of the contract', () => {
  const plugins = readdirSync(join(root, 'examples'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, 'examples', entry.name, 'package.json')))
    .map(
      ({ name }) => manifestIn(join(root, 'examples', name))['peerDependencies'] as Record<string, string> | undefined,
    )
    .flatMap((peers) => peers?.['@voiceinput/plugin-api'] ?? []);
  expect(plugins).not.toEqual([]);
  // Below 1.0 a caret means this minor version only.
  for (const range of plugins) expect(range).toMatch(/^>=\d.* <1$/);
});
