// The cache of graphs prepared for this machine: made once, compared, kept beside the model, found again.

import { join } from 'node:path';
import { makeFolder } from '@voiceinput/plugin-api';
import { fillOnce, readReport, removeOthers, type Report } from './folder.ts';
import { signedBytesAreExact } from './machine.ts';
import { runtimeVersion, writeOptimized } from './optimize.ts';

/** What the machine at hand does well. */
export interface Machine {
  /** Whether it multiplies signed bytes exactly, and then faster than unsigned ones. */
  readonly signedInt8: boolean;
}

/** Where the graphs of one preparation lie. */
export interface GraphFolder {
  readonly folder: string;
  /** The path of a graph. */
  fileOf(graph: string): string;
}

/** How graphs are prepared. */
export interface Preparation {
  /**
   * Whatever decides about what is made: the model's fingerprint, the version of the code, options. Letters, digits,
   * `.`, `_` and `-`. The machine and the version of ONNX Runtime are added here.
   */
  readonly key: string;
  /**
   * Makes the graphs and hands each to `write`, which keeps it as ONNX Runtime optimizes it for this machine. Whatever
   * belongs beside them, or is too large to be handed over, is written to `draft`.
   */
  make(write: (graph: string, model: Uint8Array) => Promise<void>, machine: Machine, draft: GraphFolder): Promise<void>;
  /** Compares what was made with what it was made from. Graphs that only work together share one report. */
  compare(made: GraphFolder): Promise<Report>;
  /** Runs all of this; a plugin gives its context's `prepare`, so that it does not count as opening. Default: runs it. */
  uncounted?<T>(work: () => Promise<T>): Promise<T>;
}

/** Graphs that lie ready, and what was found out about them when they were made. */
export interface PreparedGraphs extends GraphFolder {
  readonly report: Report;
}

/**
 * The graphs of `preparation` in a folder below `place`, made there if they aren't yet. Several processes may ask at
 * once: the first to finish is kept, whole. After making, everything else in `place` goes, since it belongs to other
 * versions; so `place` is for one preparation. Rejects with `ERR_MODEL_STORAGE` when `place` cannot be written, with
 * whatever `make` or `compare` throw, or with the signal's reason; then nothing is left behind.
 */
export async function prepared(place: string, preparation: Preparation, signal: AbortSignal): Promise<PreparedGraphs> {
  const machine: Machine = { signedInt8: await signedBytesAreExact() };
  const bound = `${await runtimeVersion()}${machine.signedInt8 ? '-signed' : ''}`;
  const graphs = graphFolder(join(place, `${preparation.key}-${bound}`));
  const known = await readReport(graphs.folder);
  if (known) return { ...graphs, report: known };
  signal.throwIfAborted();
  await makeFolder(place);
  const work = (): Promise<Report> =>
    fillOnce(graphs.folder, async (draft) => {
      const made = graphFolder(draft);
      await preparation.make(
        async (graph, model) => {
          signal.throwIfAborted();
          await writeOptimized(model, made.fileOf(graph));
        },
        machine,
        made,
      );
      signal.throwIfAborted();
      return preparation.compare(made);
    });
  const report = await (preparation.uncounted?.(work) ?? work());
  await removeOthers(graphs.folder);
  return { ...graphs, report };
}

/**
 * Rewrites a graph without caches, such as an encoder or a whole CTC model, so that it runs faster here and gives the
 * same: shapes computed beforehand, rotary positions as one operator, matrices in the bytes that the machine multiplies
 * best. With `float` it no longer rounds what it multiplies: better and slower.
 */
export async function prepareGraph(
  published: Uint8Array,
  options: Machine & { readonly float?: boolean },
): Promise<Uint8Array> {
  // Only the first start needs what reads and writes graphs.
  const { rewriteGraph } = await import('./decoder.ts');
  return rewriteGraph(published, options);
}

const graphFolder = (folder: string): GraphFolder => ({
  folder,
  fileOf: (graph) => join(folder, `${graph}.onnx`),
});
