// ONNX Runtime for one platform a package: onnxruntime-node brings the libraries of all of them, 247 MB.

import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from './members.ts';
import { manifestIn } from './members.ts';
import pinned from './onnxruntime/files.json' with { type: 'json' };

const NOTICES = join(import.meta.dirname, 'onnxruntime');

/** What packages that are published depend on instead of onnxruntime-node; it has the same interface. */
export const PUBLISHED_RUNTIME = '@voiceinput/onnxruntime';

interface Platform {
  readonly os: string;
  readonly cpu: string;
  /** Its files in `bin/napi-v6/OS/CPU`, with their SHA-256. */
  readonly files: Readonly<Record<string, string>>;
}

/** Of macOS the library is there twice under two names; the binding loads one of them. */
const platforms: readonly Platform[] = pinned.platforms;

/** How onnxruntime-node finds its binding. */
const LOADS = 'require(`../bin/napi-v6/${process.platform}/${process.arch}/onnxruntime_binding.node`)';
const LOADS_PACKAGE = `require(\`${PUBLISHED_RUNTIME}-\${process.platform}-\${process.arch}/onnxruntime_binding.node\`)`;

/** The version of onnxruntime-node that the workspace is tested with; its files were verified when it was installed. */
export function runtimeVersion(root: string): string {
  return manifestIn(installed(root)).version;
}

/**
 * Writes the packages into folders of `into` and returns those. Throws where onnxruntime-node is not the one that was
 * looked at: its version, a library, or the place that loads them.
 */
export function writeRuntime(root: string, into: string): string[] {
  const source = installed(root);
  const { version, dependencies } = manifestIn(source);
  if (version !== pinned.version)
    throw new Error(
      `onnxruntime-node is ${version}; scripts/release/onnxruntime/files.json has the files of ${pinned.version}.`,
    );
  return [
    ...platforms.map((platform) => writePlatform(platform, { source, version, into })),
    writeBinding({ source, version, into, common: dependencies!['onnxruntime-common']! }),
  ];
}

interface Writing {
  readonly source: string;
  readonly version: string;
  readonly into: string;
}

function writePlatform({ os, cpu, files }: Platform, { source, version, into }: Writing): string {
  const name = `${PUBLISHED_RUNTIME}-${os}-${cpu}`;
  const folder = emptyFolder(into, `onnxruntime-${os}-${cpu}`);
  for (const [file, sha256] of Object.entries(files)) {
    const path = join(source, 'bin', 'napi-v6', os, cpu, file);
    const found = createHash('sha256').update(readFileSync(path)).digest('hex');
    if (found !== sha256) throw new Error(`${path} has the SHA-256 ${found}, not ${sha256}.`);
    cpSync(path, join(folder, file));
  }
  const libc = os === 'linux' ? { libc: ['glibc'] } : {};
  writePackage(folder, { name, version, os: [os], cpu: [cpu], ...libc, description: `ONNX Runtime for ${os}-${cpu}` });
  return folder;
}

function writeBinding({ source, version, into, common }: Writing & { readonly common: string }): string {
  const folder = emptyFolder(into, 'onnxruntime');
  cpSync(join(source, 'dist'), join(folder, 'dist'), { recursive: true });
  const path = join(folder, 'dist', 'binding.js');
  const code = readFileSync(path, 'utf8');
  if (code.split(LOADS).length !== 2) throw new Error(`${path} does not load its binding by ${LOADS} once.`);
  writeFileSync(
    path,
    code.replace(LOADS, () => LOADS_PACKAGE),
  );
  // Maps of sources that are not there.
  for (const file of readdirSync(join(folder, 'dist'))) if (file.endsWith('.map')) rmSync(join(folder, 'dist', file));
  writePackage(folder, {
    name: PUBLISHED_RUNTIME,
    version,
    description: 'onnxruntime-node, with the library of this platform only',
    main: 'dist/index.js',
    types: 'dist/index.d.ts',
    dependencies: { 'onnxruntime-common': common },
    optionalDependencies: Object.fromEntries(
      platforms.map(({ os, cpu }) => [`${PUBLISHED_RUNTIME}-${os}-${cpu}`, version]),
    ),
  });
  return folder;
}

function writePackage(folder: string, manifest: Manifest): void {
  const all = { ...manifest, license: 'MIT', publishConfig: { access: 'public' } };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(all, undefined, 2)}\n`);
  // Its package on npm has no licence file; that of Python has these.
  for (const file of ['LICENSE', 'ThirdPartyNotices.txt']) cpSync(join(NOTICES, file), join(folder, file));
  writeFileSync(
    join(folder, 'README.md'),
    `# ${manifest.name}\n\n${String(manifest.description)}. Taken unchanged from onnxruntime-node ${manifest.version} by Microsoft (MIT), whose package brings the libraries of all platforms at once.\n`,
  );
}

function emptyFolder(into: string, name: string): string {
  const folder = join(into, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

const installed = (root: string): string => realpathSync(join(root, 'packages/onnx/node_modules/onnxruntime-node'));
