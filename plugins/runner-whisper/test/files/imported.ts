// Real weights as an import makes them, which takes a minute of processor: kept until the sources that make them change.

import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { importer } from '../../src/import/importer.ts';
import { IMPORTED } from './real.ts';

/** What an import's result depends on, besides the weights. */
const SOURCES = ['../../src', '.', '../../../../packages/onnx'].map((path) => resolve(import.meta.dirname, path));
const NOT_SOURCES = /\/(?:node_modules|dist|test)\//;
/** What nobody has asked for in this time was made by other sources. */
const KEPT_MS = 3 * 24 * 3_600_000;

export interface Weights {
  /** What the kept import is called. */
  readonly name: string;
  /** The folder that they come from. */
  readonly source: string;
  /** Makes of them what is imported, in a new folder, and gives its path. Absent: they are imported as they are. */
  readonly rewrite?: (folder: string) => Promise<string>;
}

/** The folder of the imported model. */
export async function imported({ name, source, rewrite }: Weights, signal: AbortSignal): Promise<string> {
  const folder = join(IMPORTED, `${name}-${await keyOf(source)}`);
  if (!existsSync(folder)) {
    const work = join(IMPORTED, `new-${randomUUID()}`);
    const model = join(work, 'model');
    await mkdir(model, { recursive: true });
    try {
      const path = rewrite === undefined ? source : await rewrite(work);
      await importer.import({ path, name, folder: model, report: () => undefined }, signal);
      // Another run may have been faster.
      await rename(model, folder).catch((error: unknown) => {
        if (!existsSync(folder)) throw error;
      });
    } finally {
      await rm(work, { recursive: true });
    }
  }
  await utimes(folder, new Date(), new Date());
  await forgetUnused();
  return folder;
}

async function keyOf(source: string): Promise<string> {
  const hash = createHash('sha256');
  for (const root of SOURCES) {
    for (const path of await filesBelow(root)) {
      const name = path.slice(root.length);
      if (!NOT_SOURCES.test(name)) hash.update(`\0${name}\0`).update(await readFile(path));
    }
  }
  // Weights are large, and nobody edits them.
  for (const path of await filesBelow(source)) hash.update(`\0${path}\0${(await stat(path)).size}`);
  return hash.digest('hex').slice(0, 16);
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

async function forgetUnused(): Promise<void> {
  for (const name of await readdir(IMPORTED)) {
    const path = join(IMPORTED, name);
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > KEPT_MS) await rm(path, { recursive: true, force: true });
  }
}
