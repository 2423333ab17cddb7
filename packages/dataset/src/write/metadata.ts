// The lines of metadata.jsonl.

import { readFile } from 'node:fs/promises';
import { VoiceInputError } from '@voiceinput/plugin-api';

/** What a data set says of one clip; the names are those that Hugging Face's `datasets` reads. */
export interface MetadataLine {
  /** The audio, from the folder of the part. */
  readonly file_name: string;
  readonly text: string;
  readonly group: string;
  readonly duration_ms: number;
  /** Names the clip in its source. */
  readonly source: string;
  readonly language?: string;
  /** How far what was heard is what is written, 0…1. Absent when nobody compared them. */
  readonly score?: number;
}

/**
 * What stands in a file already, without a line that was cut off when its writer was stopped, and where that begins.
 * Rejects with `ERR_DATASET` where it is damaged.
 */
export async function readMetadata(
  path: string,
): Promise<{ lines: MetadataLine[]; wholeBytes: number; isCut: boolean }> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  });
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1;
  const texts = bytes.subarray(0, wholeBytes).toString('utf8').split('\n');
  const lines = texts.filter((text) => text !== '').map((text) => lineOf(text, path));
  return { lines, wholeBytes, isCut: wholeBytes < bytes.length };
}

function lineOf(text: string, path: string): MetadataLine {
  try {
    return JSON.parse(text) as MetadataLine;
  } catch (cause) {
    throw new VoiceInputError('ERR_DATASET', `${path} holds a line that is no JSON: ${text.slice(0, 80)}`, { cause });
  }
}
