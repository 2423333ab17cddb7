// What `bench throughput` measures: a long recording through the real command, its speed and whether memory stays flat.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnglishSpeech } from '../evaluation/clips.ts';
import { evaluationFolder } from '../evaluation/folder.ts';
import { machineLine } from '../show/machine.ts';
import { keep } from '../show/result.ts';
import { mebibytes, note, say, table } from '../show/table.ts';
import { slopePerUnit } from '../statistics/slope.ts';
import { transcribe } from '../voiceinput/cli.ts';
import { wordsOf } from '../words/normalise.ts';
import { sampleMemory } from '../processes/memory.ts';
import type { MemorySample } from '../processes/memory.ts';
import { writeRecording } from './recording.ts';

const SAMPLE_EVERY_MS = 1000;
/** Models, caches and the largest segment have been seen by then; what grows after it would go on growing. */
const SETTLED_SHARE = 0.25;

export interface ThroughputOptions {
  readonly minutes: number;
  readonly json?: string;
}

interface LongRun {
  readonly mode: string;
  readonly audioS: number;
  readonly wallS: number;
  readonly audioSPerS: number;
  readonly words: number;
  readonly peakRssBytes: number;
  readonly peakPssBytes: number;
  readonly heldAtQuarterBytes: number;
  readonly heldAtEndBytes: number;
  /** From a quarter of the run to its end. */
  readonly heldBytesPerAudioHour: number;
  readonly memory: readonly MemorySample[];
  readonly complaints: readonly string[];
}

export async function measureThroughput({ minutes, json }: ThroughputOptions): Promise<void> {
  const clips = await readEnglishSpeech(evaluationFolder());
  const folder = await mkdtemp(join(tmpdir(), 'voiceinput-bench-'));
  try {
    const path = join(folder, 'recording.wav');
    note(`Writing a recording of ${minutes} minutes …`);
    await writeRecording(path, { clips, lengthS: minutes * 60 }, new AbortController().signal);
    const runs = [await run('draft only', path, ['--no-hybrid']), await run('hybrid', path, [])];
    show(runs);
    await keep('throughput', runs, json);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function run(mode: string, path: string, options: readonly string[]): Promise<LongRun> {
  note(`Transcribing it, ${mode} …`);
  const ended = new AbortController();
  let sampling: Promise<MemorySample[]> = Promise.resolve([]);
  const { results, complaints, wallMs } = await transcribe([path], options, {
    onStart({ pid = 0 }) {
      sampling = sampleMemory(pid, SAMPLE_EVERY_MS, ended.signal);
    },
  });
  ended.abort();
  const memory = await sampling;
  const audioS = (results[0]?.audioMs ?? 0) / 1000;
  const settled = memory.slice(Math.floor(memory.length * SETTLED_SHARE));
  const audioHours = settled.map(({ atMs }) => ((atMs / wallMs) * audioS) / 3600);
  return {
    mode,
    audioS,
    wallS: wallMs / 1000,
    audioSPerS: audioS / (wallMs / 1000),
    words: wordsOf(results[0]?.text ?? '').length,
    peakRssBytes: Math.max(0, ...memory.map(({ rssBytes }) => rssBytes)),
    peakPssBytes: Math.max(0, ...memory.map(({ pssBytes }) => pssBytes)),
    heldAtQuarterBytes: settled[0]?.heldBytes ?? Number.NaN,
    // The last sample may catch the program while it closes.
    heldAtEndBytes: settled.at(-3)?.heldBytes ?? Number.NaN,
    heldBytesPerAudioHour: slopePerUnit(
      audioHours,
      settled.map(({ heldBytes }) => heldBytes),
    ),
    memory,
    complaints,
  };
}

function show(runs: readonly LongRun[]): void {
  say(machineLine());
  say('\nA long recording through `voiceinput transcribe`; memory in MiB, of all its processes together\n');
  const head = [
    '',
    'audio s',
    'wall s',
    'audio s per s',
    'words',
    'peak RSS',
    'peak PSS',
    'held at ¼',
    'held at end',
    'held per hour',
  ];
  say(
    table(
      head,
      runs.map((long) => [
        long.mode,
        long.audioS.toFixed(0),
        long.wallS.toFixed(1),
        long.audioSPerS.toFixed(1),
        String(long.words),
        ...[long.peakRssBytes, long.peakPssBytes, long.heldAtQuarterBytes, long.heldAtEndBytes].map(mebibytes),
        `${long.heldBytesPerAudioHour > 0 ? '+' : ''}${mebibytes(long.heldBytesPerAudioHour)}`,
      ]),
    ),
  );
  for (const { mode, complaints } of runs)
    for (const complaint of complaints) say(`${mode}: voiceinput said: ${complaint}`);
}
