// The dictations of the page: asked of the daemon, which alone reads the history.

import { readFile } from 'node:fs/promises';
import type { Client } from '@voiceinput/client';
import { waveHeader } from '../wave/header.ts';
import type { DictationLine } from './page/shapes.ts';

const PAGE_ENTRIES = 30;
const RATE_HZ = 16_000;
const SAMPLE_BYTES = 2;

/** Newest first, those before `before`. */
export async function dictationsOf(
  client: Client,
  { query, before }: { readonly query?: string | undefined; readonly before?: string | undefined },
): Promise<readonly DictationLine[]> {
  const { entries } = await client.call('history/list', {
    limit: PAGE_ENTRIES,
    ...(query !== undefined && query !== '' && { query }),
    ...(before !== undefined && { before }),
  });
  return entries.map(({ id, startedAt, app, draft, text, correction, outcome, hasAudio }) => ({
    id,
    startedAt,
    outcome,
    hasAudio,
    ...(app !== undefined && { app }),
    ...(draft !== undefined && { draft }),
    ...(text !== undefined && { text }),
    ...(correction !== undefined && { correction }),
  }));
}

/** The recording as WAV. Rejects with `ERR_HISTORY_UNKNOWN` when it is gone. */
export async function recordingOf(client: Client, id: string): Promise<Buffer> {
  const { path } = await client.call('history/recording', { id });
  const samples = await readFile(path);
  // A crash may leave half a sample.
  const whole = samples.subarray(0, samples.length - (samples.length % SAMPLE_BYTES));
  return Buffer.concat([waveHeader(whole.length, RATE_HZ), whole]);
}
