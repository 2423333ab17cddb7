// The folder that a data set is written into: what is there stays, what was begun goes on.

import { createHash } from 'node:crypto';
import { mkdir, open, readFile, readdir, truncate } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { DATASET_PARTS } from '../clip.ts';
import type { DatasetPart, ListedClip } from '../clip.ts';
import { flacOf } from './flac.ts';
import { readMetadata } from './metadata.ts';
import type { MetadataLine } from './metadata.ts';
import { asStorageError, writeWhole } from './whole.ts';

const DESCRIPTION = 'dataset.json';
const SAMPLES_PER_MS = 16;

/** What is written of a clip. */
export interface NewClip extends Omit<ListedClip, 'path'> {
  readonly score?: number;
}

/** A data set on disk, open for more. Only one program may have it open. */
export interface DatasetFolder {
  /** The parts of the groups that are there. */
  readonly groups: ReadonlyMap<string, DatasetPart>;
  readonly lines: Readonly<Record<DatasetPart, readonly MetadataLine[]>>;
  /** Whether a clip of this name is there. */
  has(name: string): boolean;
  /** Writes a clip, wholly or not at all. Rejects with `ERR_STORAGE`, and `ERR_DATASET` when its group is in another part. */
  add(clip: NewClip, part: DatasetPart, samples: Float32Array): Promise<void>;
  close(): Promise<void>;
}

interface Description {
  readonly version: 1;
  readonly groups: Readonly<Record<string, DatasetPart>>;
}

/** Opens or makes it. Rejects with `ERR_STORAGE`, and `ERR_DATASET` when the folder holds something else. */
export async function openDatasetFolder(folder: string): Promise<DatasetFolder> {
  try {
    return await openedIn(folder);
  } catch (error) {
    throw asStorageError(error, folder);
  }
}

async function openedIn(folder: string): Promise<DatasetFolder> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const groups = await readGroups(folder);
  await writeGroups(folder, groups);
  const lines: Record<DatasetPart, MetadataLine[]> = { train: [], validation: [], test: [] };
  const files = new Map<DatasetPart, FileHandle>();
  const names = new Set<string>();
  for (const part of DATASET_PARTS) {
    const metadata = join(folder, part, 'metadata.jsonl');
    const { lines: there, wholeBytes, isCut } = await readMetadata(metadata);
    if (isCut) await truncate(metadata, wholeBytes);
    lines[part] = there;
    for (const { source, group } of there) {
      names.add(source);
      refuseDivided(group, part, groups);
      groups.set(group, part);
    }
  }

  async function fileOf(part: DatasetPart): Promise<FileHandle> {
    const known = files.get(part);
    if (known !== undefined) return known;
    await mkdir(join(folder, part), { recursive: true, mode: 0o700 });
    const file = await open(join(folder, part, 'metadata.jsonl'), 'a', 0o600);
    files.set(part, file);
    return file;
  }

  return {
    groups,
    lines,
    has: (name) => names.has(name),
    async add({ name, text, group, language, score }, part, samples) {
      refuseDivided(group, part, groups);
      try {
        const file = await fileOf(part);
        if (!groups.has(group)) await writeGroups(folder, groups.set(group, part));
        const file_name = fileNameOf(name);
        await writeWhole(join(folder, part, file_name), await flacOf(samples));
        const line: MetadataLine = {
          file_name,
          text,
          group,
          duration_ms: Math.round(samples.length / SAMPLES_PER_MS),
          source: name,
          ...(language !== undefined && { language }),
          ...(score !== undefined && { score }),
        };
        await file.appendFile(`${JSON.stringify(line)}\n`);
        lines[part].push(line);
        names.add(name);
      } catch (error) {
        throw asStorageError(error, folder);
      }
    },
    async close() {
      for (const file of files.values()) await file.close();
      files.clear();
    },
  };
}

/** Readable, and no two the same. */
function fileNameOf(name: string): string {
  const readable = basename(name, extname(name)).replace(/[^\p{L}\p{N}_-]+/gu, '-');
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 10);
  return `${Array.from(readable).slice(0, 40).join('')}-${hash}.flac`;
}

function refuseDivided(group: string, part: DatasetPart, groups: ReadonlyMap<string, DatasetPart>): void {
  const before = groups.get(group);
  if (before === undefined || before === part) return;
  throw new VoiceInputError('ERR_DATASET', `"${group}" is in the part ${before} and cannot be in ${part}, too.`, {
    hint: 'What a model is judged by must not be learnt from. Make a new data set in an empty folder.',
  });
}

async function readGroups(folder: string): Promise<Map<string, DatasetPart>> {
  const text = await readFile(join(folder, DESCRIPTION), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) {
    if ((await readdir(folder)).length === 0) return new Map();
    throw new VoiceInputError('ERR_DATASET', `${folder} holds something else than a data set.`, {
      hint: 'Name an empty folder, or one that voiceinput dataset has written.',
    });
  }
  try {
    const { version, groups } = JSON.parse(text) as Description;
    if (version === 1) return new Map(Object.entries(groups));
  } catch {
    // Said below.
  }
  throw new VoiceInputError('ERR_DATASET', `${join(folder, DESCRIPTION)} is not of a data set of this program.`, {
    hint: 'Name an empty folder, or one that voiceinput dataset has written.',
  });
}

const writeGroups = (folder: string, groups: ReadonlyMap<string, DatasetPart>): Promise<void> =>
  writeWhole(join(folder, DESCRIPTION), `${JSON.stringify({ version: 1, groups: Object.fromEntries(groups) })}\n`);
