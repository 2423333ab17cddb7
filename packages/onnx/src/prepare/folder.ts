// Decides where prepared graphs are kept, and that several processes may make them at once.

import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { messageOf } from '../runtime.ts';

/** What is remembered of a preparation. */
export interface Report {
  /** Whether the prepared graphs gave what the published ones give. Others are never made again, nor used. */
  readonly faithful: boolean;
  /** Whether several tokens may be read at once. */
  readonly readsAhead: boolean;
  /** What was found, for people. */
  readonly finding: string;
}

const REPORT = 'report.json';

/** The report of an earlier preparation, or undefined when there is none that can be read. */
export async function readReport(folder: string): Promise<Report | undefined> {
  const text = await readFile(join(folder, REPORT), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  const report: unknown = text === undefined ? undefined : JSON.parse(text);
  return isReport(report) ? report : undefined;
}

function isReport(value: unknown): value is Report {
  if (typeof value !== 'object' || value === null) return false;
  return 'faithful' in value && 'readsAhead' in value && 'finding' in value;
}

/**
 * Lets `make` fill a folder of its own, which then becomes `folder` in one step. When another process was first, its
 * folder stays and this one goes. Rejects with `ERR_MODEL_STORAGE` when nothing can be written.
 */
export async function fillOnce(folder: string, make: (draft: string) => Promise<Report>): Promise<Report> {
  const draft = `${folder}.${randomUUID()}`;
  await mkdir(draft, { recursive: true }).catch((cause: unknown) => {
    throw new VoiceInputError('ERR_MODEL_STORAGE', `prepared graphs cannot be kept in ${folder}: ${messageOf(cause)}`, {
      cause,
    });
  });
  try {
    const report = await make(draft);
    await writeFile(join(draft, REPORT), JSON.stringify(report, null, 2));
    await rename(draft, folder);
    return report;
  } catch (error) {
    const other = await readReport(folder);
    if (other) return other;
    throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
