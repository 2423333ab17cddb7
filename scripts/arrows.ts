// Who may import whom, and fails when a package does otherwise.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

/** By folder: which workspace packages its sources and, on top of that, its tests may import. */
const arrows: readonly { folder: RegExp; sources: RegExp; tests: RegExp }[] = [
  { folder: /^packages\/plugin-api$/, sources: /^$/, tests: /^$/ },
  { folder: /^packages\/engine$/, sources: /^(plugin-api|text)$/, tests: /^testkit$/ },
  { folder: /^packages\/testkit$/, sources: /^plugin-api$/, tests: /^$/ },
  { folder: /^packages\/rig$/, sources: /^(plugin-api|client)$/, tests: /^$/ },
  { folder: /^packages\//, sources: /^plugin-api$/, tests: /^(testkit|rig)$/ },
  { folder: /^plugins\//, sources: /^(plugin-api|onnx|desktop|field)$/, tests: /^(testkit|rig|models)$/ },
  { folder: /^apps\/tray$/, sources: /^(plugin-api|client|desktop)$/, tests: /^(testkit|rig)$/ },
  // Subtitles are written in the launcher’s own process, as `client.transcribe` has it.
  { folder: /^apps\/launcher$/, sources: /^(client|plugin-api|sink-subtitles)$/, tests: /^(testkit|rig)$/ },
  { folder: /^apps\/cli$/, sources: /./, tests: /./ },
  { folder: /^(bench|examples)$/, sources: /./, tests: /./ },
];
/** Foreign packages that only one room, or two, may know. */
const rooms: readonly { readonly name: string; readonly folder: string; readonly also?: string }[] = [
  { name: 'inversify', folder: 'packages/engine/src/compose' },
  { name: 'x11', folder: 'packages/desktop' },
  { name: 'classic-level', folder: 'apps/cli/src/history' },
  { name: 'hono', folder: 'apps/cli/src/http', also: 'apps/cli/src/settings-page' },
  { name: '@hono', folder: 'apps/cli/src/http', also: 'apps/cli/src/settings-page' },
  { name: '@fastify', folder: 'apps/cli/src/http' },
  { name: 'vscode-jsonrpc', folder: 'packages/client/src/connection' },
];

const SCOPE = '@voiceinput/';
const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*|\bimport\.meta\.resolve\(\s*)(['"])(?<specifier>[^'"\n]+)\1/g;
const root = resolve(import.meta.dirname, '..');
const complaints: string[] = [];

for (const folder of folders()) {
  const rule = arrows.find((candidate) => candidate.folder.test(folder));
  if (rule === undefined) {
    complaints.push(`${folder}: scripts/arrows.ts does not say what it may import`);
    continue;
  }
  checkFiles(folder, 'src', (name) => rule.sources.test(name));
  checkFiles(folder, 'test', (name) => rule.sources.test(name) || rule.tests.test(name) || folder.endsWith(`/${name}`));
}

for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
process.exitCode = complaints.length > 0 ? 1 : 0;

function folders(): string[] {
  const workspace = ['packages', 'plugins', 'apps'].flatMap((room) =>
    readdirSync(join(root, room)).map((name) => `${room}/${name}`),
  );
  return [...workspace, 'bench', 'examples'].filter((folder) => existsSync(join(root, folder, 'package.json')));
}

function checkFiles(folder: string, room: 'src' | 'test', allows: (name: string) => boolean): void {
  for (const file of filesIn(join(root, folder, room))) {
    const text = readFileSync(file, 'utf8');
    for (const { groups } of text.matchAll(IMPORT)) checkImport(file, groups!['specifier']!, { folder, room, allows });
  }
}

function checkImport(
  file: string,
  specifier: string,
  { folder, room, allows }: { folder: string; room: 'src' | 'test'; allows: (name: string) => boolean },
): void {
  const here = relative(root, file);
  if (specifier.startsWith('.')) {
    const target = relative(join(root, folder), resolve(file, '..', specifier));
    if (target.startsWith('..')) complaints.push(`${here}: "${specifier}" leaves the package; import it by its name`);
    if (room === 'src' && target.startsWith('test')) complaints.push(`${here}: a source imports a test`);
    return;
  }
  if (specifier.startsWith(SCOPE)) {
    const name = specifier.slice(SCOPE.length).split('/')[0]!;
    if (!allows(name)) complaints.push(`${here}: ${folder} must not import ${SCOPE}${name}`);
    return;
  }
  for (const { name, folder: only, also = only } of rooms) {
    const isIn = here.startsWith(`${only}/`) || here.startsWith(`${also}/`);
    if ((specifier === name || specifier.startsWith(`${name}/`)) && !isIn)
      complaints.push(`${here}: only ${[...new Set([only, also])].join(' and ')} may import ${name}`);
  }
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[cm]?tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}
