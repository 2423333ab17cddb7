// How a program watches a dictation, draft told from refined: node --import jiti/register watch-stages.ts FILE

import { createEngine } from '@voiceinput/engine';
import { openModelStore } from '@voiceinput/models';
import { plugins, profile } from './profile.ts';

const [path = '../fixtures/two-sentences.flac'] = process.argv.slice(2);
const engine = createEngine({ profile, plugins, models: openModelStore({ plugins }) });

// #region watch
engine.watch(
  (event) => {
    if (event.type === 'lane-ready') process.stderr.write(`${event.lane} lane: process ${event.pid}\n`);
    if (event.type !== 'text') return;
    if (event.stage === 'draft') process.stderr.write(`${event.segmentId} heard as: ${event.text}\n`);
    if (event.stage === 'refined') process.stderr.write(`${event.segmentId} ${event.decision}: ${event.text}\n`);
  },
  { text: true },
);
// #endregion

await engine.dictate(
  {
    label: path,
    source: { use: 'source-file', options: { path } },
    sink: { use: 'sink-subtitles', options: { format: 'vtt' } },
  },
  new AbortController().signal,
);
await engine.close();
