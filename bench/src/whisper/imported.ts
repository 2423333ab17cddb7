// A model that is imported for one measurement, and the runners that read with it.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openModelStore } from '@voiceinput/models';
import type { Runner } from '@voiceinput/plugin-api';
import whisper from '@voiceinput/runner-whisper';
import { Misuse } from '../show/misuse.ts';
import { note } from '../show/table.ts';

export const IMPORTED_AS = 'measured';

/** What an import took, in a process of its own. */
export interface ImportCost {
  readonly ms: number;
  readonly processorMs: number;
  /** The most that the process had in memory. */
  readonly peakBytes: number;
}

type RunnerOptions = Omit<Parameters<typeof whisper.create>[0], 'model'>;

export interface Imported {
  readonly cost: ImportCost;
  /** Of the model. */
  readonly folder: string;
  /** The caller closes it. */
  open(options: RunnerOptions): Promise<Runner>;
}

/** Imports weights into a folder that is removed when `work` has ended. Rejects with `Misuse` when they cannot be imported. */
export async function withImported<T>(
  weights: string,
  work: (imported: Imported) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const cache = await mkdtemp(join(tmpdir(), 'bench-whisper-'));
  try {
    note('Importing …');
    const cost = await importAlone(weights, cache);
    const models = openModelStore({ folder: cache, plugins: [{ plugin: whisper }] });
    const { folder } = await models.locate(IMPORTED_AS, signal);
    const prepare = <P>(make: () => Promise<P>): Promise<P> => make();
    const context = { pluginId: whisper.id, models, prepare, log: () => undefined, warn: () => undefined };
    const open = (options: RunnerOptions): Promise<Runner> =>
      whisper.create({ ...options, model: IMPORTED_AS }, context, signal);
    return await work({ cost, folder, open });
  } finally {
    await rm(cache, { recursive: true });
  }
}

async function importAlone(weights: string, cache: string): Promise<ImportCost> {
  const child = fork(new URL('import-alone.js', import.meta.url), [weights, cache]);
  const ended = once(child, 'exit');
  let cost: ImportCost | undefined;
  child.once('message', (message) => (cost = message as ImportCost));
  await ended;
  if (cost === undefined) throw new Misuse(`${weights} could not be imported.`);
  return cost;
}
