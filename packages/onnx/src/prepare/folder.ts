// Where prepared graphs are kept, that several processes may make them at once, and which ones go.

import { open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isOpenToOthers, makeFolder, VoiceInputError } from '@voiceinput/plugin-api';
import { messageOf } from '../runtime.ts';

/** What was found out about one prepared graph, or several that only work together. */
export interface GraphReport {
  /** Whether it gave what the graph it was made from gives. Others are never made again, nor used. */
  readonly faithful: boolean;
  /** What was found, for people. */
  readonly finding: string;
}

/** What is remembered of a preparation: what was found out about each graph, by name. */
export type Report<Name extends string = string, Graph extends GraphReport = GraphReport> = Readonly<
  Record<Name, Graph>
>;

const REPORT = 'report.json';
/** The SHA-256 of every file beside it, in hexadecimal. */
const SEAL = 'sha256.json';

/**
 * The report of an earlier preparation whose files are all as they were written; absent when there is none. Rejects with
 * `ERR_MODEL_STORAGE` where others may write: checksums would be as false as the files.
 */
export async function readReport(folder: string): Promise<Report | undefined> {
  const report = await reportIn(folder);
  if (!report) return undefined;
  if (await isOpenToOthers(folder))
    throw new VoiceInputError(
      'ERR_MODEL_STORAGE',
      `prepared graphs in ${folder} are not used: others may write there`,
      {
        hint: `Let only its owner write there: chmod -R go-w ${folder}`,
      },
    );
  const sealed = parsed(await readFile(join(folder, SEAL), 'utf8').catch(() => ''));
  return JSON.stringify(sealed) === JSON.stringify(await sumsOf(folder)) ? report : undefined;
}

/** Checksums of the files in `folder`, by name. */
async function sumsOf(folder: string): Promise<Record<string, string>> {
  const sums: Record<string, string> = {};
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
  for (const path of paths.toSorted()) {
    const name = relative(folder, path);
    if (name === SEAL) continue;
    const hash = createHash('sha256');
    await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
    sums[name] = hash.digest('hex');
  }
  return sums;
}

/** Writes the checksums, when the files themselves are on the disk. */
async function seal(folder: string): Promise<void> {
  const sums = await sumsOf(folder);
  for (const name of Object.keys(sums)) await reachDisk(join(folder, name));
  await writeFile(join(folder, SEAL), JSON.stringify(sums), { flush: true });
}

async function reachDisk(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.chmod(0o644);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function reportIn(folder: string): Promise<Report | undefined> {
  const text = await readFile(join(folder, REPORT), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  const report = text === undefined ? undefined : parsed(text);
  return isReport(report) ? report : undefined;
}

/** A file that was cut short by a full disk or a power failure is no report. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isReport(value: unknown): value is Report {
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).every(
    (graph: unknown) => typeof graph === 'object' && graph !== null && 'faithful' in graph && 'finding' in graph,
  );
}

/**
 * Lets `make` fill a folder of its own, which then becomes `folder` in one step. When another process was first, its
 * folder stays and this one goes. Rejects with `ERR_MODEL_STORAGE` when nothing can be written.
 */
export async function fillOnce<Made extends Report>(
  folder: string,
  make: (draft: string) => Promise<Made>,
): Promise<Report | Made> {
  const draft = `${folder}.${randomUUID()}`;
  await makeFolder(draft).catch((cause: unknown) => {
    throw new VoiceInputError(
      'ERR_MODEL_STORAGE',
      `Prepared graphs cannot be saved in ${folder}: ${messageOf(cause)}`,
      {
        cause,
      },
    );
  });
  try {
    const report = await make(draft);
    await writeFile(join(draft, REPORT), JSON.stringify(report, null, 2));
    await seal(draft);
    await rename(draft, folder).catch(async (error: unknown) => {
      if (await readReport(folder)) throw error;
      // What lies there is of no use to anybody.
      await rm(folder, { recursive: true, force: true });
      await rename(draft, folder);
    });
    return report;
  } catch (error) {
    const other = await readReport(folder);
    if (other) return other;
    throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** No preparation takes so long: whoever began it is gone. */
const ABANDONED_MS = 60 * 60 * 1000;
const DRAFT = /\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Removes what lies beside `folder`: graphs prepared by other versions or for other files, and drafts that were
 * abandoned. A process that runs such graphs goes on: open files stay where the system can do that, elsewhere the
 * folder does.
 */
export async function removeOthers(folder: string): Promise<void> {
  const place = dirname(folder);
  for (const name of await readdir(place)) {
    if (name === basename(folder)) continue;
    const other = join(place, name);
    try {
      if (!DRAFT.test(name)) await removeWhole(other);
      else if (await isAbandoned(other)) await rm(other, { recursive: true });
    } catch {
      // In use, not ours to remove, or removed by another process just now: nothing that a dictation should wait for.
    }
  }
}

/** Out of sight in one step: nobody finds a part of it. Where its files are open and cannot go, the step fails. */
async function removeWhole(folder: string): Promise<void> {
  const aside = `${folder}.${randomUUID()}`;
  await rename(folder, aside);
  await rm(aside, { recursive: true });
}

async function isAbandoned(draft: string): Promise<boolean> {
  const { mtimeMs } = await stat(draft);
  return Date.now() - mtimeMs > ABANDONED_MS;
}
