// What `voiceinput dataset from-history` does: corrected dictations whose recordings were kept become a data set.

import { resolve } from 'node:path';
import type { HistoryEntry } from '@voiceinput/client';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { fillDataset } from '../dataset/fill.ts';
import type { FilledClip } from '../dataset/fill.ts';
import { openSampleReader } from '../dataset/samples.ts';
import { summaryText, Tally } from '../dataset/tally.ts';
import { createReporter } from '../show/reporter.ts';
import { print } from '../show/table.ts';
import { reachDaemon, withDaemon } from './daemon.ts';
import type { DatasetOptions } from './dataset-from-folder.ts';
import { entriesOf } from './history.ts';

/** Rejects with `ERR_DATASET` when no corrected dictation has a recording, `ERR_STORAGE`, and what the daemon says. */
export function datasetFromHistory({ out, language, json }: DatasetOptions, signal: AbortSignal): Promise<number> {
  const reporter = createReporter({ json });
  return withDaemon(reachDaemon(signal), async (client) => {
    const entries = await entriesOf(client, { limit: Infinity, query: undefined, corrected: true });
    const tally = new Tally();
    const clips: FilledClip[] = [];
    for (const entry of entries) {
      if (!entry.hasAudio) tally.leaveOut('no-audio');
      else clips.push(clipOf(entry, (await client.call('history/recording', { id: entry.id })).path));
    }
    if (clips.length === 0) throw nothingCorrected(entries.length);
    const filling = { out: resolve(out), language, reader: openSampleReader(reporter), reporter, tally };
    const summary = await fillDataset(clips, filling, signal);
    print(json, summary, summaryText(summary));
    return 0;
  });
}

/** What was dictated on one day is often about one thing: days are kept whole. */
function clipOf({ id, startedAt, correction = '', segments = [] }: HistoryEntry, path: string): FilledClip {
  const language = segments.find((segment) => segment.language !== undefined)?.language;
  const group = new Date(startedAt).toISOString().slice(0, 10);
  return { name: id, path, raw: true, text: correction, group, ...(language !== undefined && { language }) };
}

function nothingCorrected(corrected: number): VoiceInputError {
  const message =
    corrected === 0
      ? 'No dictation was corrected yet.'
      : `The recordings of the ${corrected} corrected dictations were not kept.`;
  return new VoiceInputError('ERR_DATASET', message, {
    hint: 'Keep recordings with dictation.history.keepAudio, and say what a dictation should have been with: voiceinput history correct ID TEXT',
  });
}
