// What the cache has of a model.

import type { ModelEntry } from '@voiceinput/plugin-api';
import { checkFiles, type FileCheck } from './check.ts';
import { placeOf } from './place.ts';
import { isStamped, look, stamp, unstamp } from './stamp.ts';

export type ModelState = 'ready' | 'absent' | 'damaged';

/** Whether all files are whole. Those that were checked before and not touched since are not read again. */
export async function isReady(cache: string, entry: ModelEntry, signal: AbortSignal): Promise<boolean> {
  return (await stateOf(cache, entry, signal)) === 'ready';
}

/** The same, told apart by what is wrong. */
export async function stateOf(cache: string, entry: ModelEntry, signal: AbortSignal): Promise<ModelState> {
  if (await isStamped(placeOf(cache, entry))) return 'ready';
  const states = (await verify(cache, entry, signal)).map(({ state }) => state);
  if (states.every((state) => state === 'whole')) return 'ready';
  return states.every((state) => state === 'missing') ? 'absent' : 'damaged';
}

/** Reads every file again and remembers what was found. */
export async function verify(cache: string, entry: ModelEntry, signal: AbortSignal): Promise<FileCheck[]> {
  const model = placeOf(cache, entry);
  const sight = await look(model);
  const checks = await checkFiles(model.folder, entry, signal);
  if (sight && checks.every(({ state }) => state === 'whole')) await stamp(model, sight);
  else await unstamp(model);
  return checks;
}
