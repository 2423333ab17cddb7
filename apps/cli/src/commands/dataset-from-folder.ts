// What `voiceinput dataset from-folder` does.

import { resolve } from 'node:path';
import { listFolder } from '@voiceinput/dataset';
import type { GroupBy, ListedWhy } from '@voiceinput/dataset';
import { fillDataset } from '../dataset/fill.ts';
import { openSampleReader } from '../dataset/samples.ts';
import { summaryText, Tally } from '../dataset/tally.ts';
import { createReporter } from '../show/reporter.ts';
import { print } from '../show/table.ts';

export interface DatasetOptions {
  readonly out: string;
  readonly language: string | undefined;
  readonly json: boolean;
}

/** Rejects with `ERR_FILE_NOT_FOUND`, `ERR_DATASET` when there is nothing of use, `ERR_STORAGE`. */
export async function datasetFromFolder(
  folder: string,
  { out, language, json, groupBy }: DatasetOptions & { readonly groupBy: GroupBy },
  signal: AbortSignal,
): Promise<number> {
  const reporter = createReporter({ json });
  const { layout, clips, leftOut } = await listFolder(resolve(folder), groupBy);
  const tally = new Tally();
  for (const [why, names] of Object.entries(leftOut)) tally.leaveOut(why as ListedWhy, names.length);
  const filling = { out: resolve(out), language, reader: openSampleReader(reporter), reporter, tally };
  const summary = await fillDataset(clips, filling, signal);
  print(json, { ...summary, layout }, summaryText(summary));
  return 0;
}
