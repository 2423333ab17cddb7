// What the JSON files beside weights say about decoding.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unusable } from '../weights/binary-file.ts';
import type { Head } from './description.ts';

export interface DecodingSettings {
  readonly suppressed: readonly number[] | undefined;
  readonly suppressedAtStart: readonly number[] | undefined;
  readonly alignmentHeads: readonly Head[] | undefined;
  readonly multilingual: boolean | undefined;
  /** What the files call the model: tells how it was tuned. */
  readonly name: string | undefined;
}

/** generation_config.json goes before config.json; an absent or empty value is undefined. */
export async function readSettings(folder: string): Promise<DecodingSettings> {
  const files = [await readJson(folder, 'generation_config.json'), await readJson(folder, 'config.json')];
  const first = <Value>(names: readonly string[], check: (value: unknown) => value is Value): Value | undefined =>
    files.flatMap((file) => names.map((name) => file[name])).find((value) => check(value));
  return {
    suppressed: first(['suppress_tokens', 'suppress_ids'], isTokens),
    suppressedAtStart: first(['begin_suppress_tokens', 'suppress_ids_begin'], isTokens),
    alignmentHeads: first(['alignment_heads'], isHeads),
    multilingual: first(['is_multilingual'], (value) => typeof value === 'boolean'),
    name: first(['_name_or_path'], (value) => typeof value === 'string'),
  };
}

const isIndex = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

const isTokens = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length > 0 && value.every(isIndex);

const isHeads = (value: unknown): value is Head[] =>
  Array.isArray(value) && value.length > 0 && value.every((head: unknown) => isTokens(head) && head.length === 2);

async function readJson(folder: string, name: string): Promise<Record<string, unknown>> {
  const path = join(folder, name);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch (cause) {
    throw unusable(path, 'it is not JSON', { cause });
  }
}
