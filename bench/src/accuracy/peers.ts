// How others read the same clips in the same run: faster-whisper and whisper.cpp.

import { execFile, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { EvaluationClip } from '../evaluation/clips.ts';
import { Misuse } from '../show/misuse.ts';
import { note } from '../show/table.ts';
import { countErrors, sumOf, type ErrorCount } from '../words/align.ts';
import { wordsOf } from '../words/normalise.ts';

export interface PeerOptions {
  /** A Python that has faster-whisper, and a CTranslate2 folder for it. */
  readonly fasterWhisper?: string;
  readonly fasterWhisperModel?: string;
  /** The program whisper-cli of whisper.cpp, and a ggml file for it. */
  readonly whisperCpp?: string;
  readonly whisperCppModel?: string;
}

export interface PeerErrors {
  readonly name: string;
  readonly errors: ErrorCount;
  /** For all clips; what a peer says about loading its model is not counted. */
  readonly wallMs: number;
}

interface Peer {
  readonly name: string;
  readonly read: (paths: readonly string[]) => Promise<ReadonlyMap<string, PeerReading>>;
}

interface PeerReading {
  readonly text: string;
  readonly ms: number;
}

/** Each peer reads all clips, one after the other. Throws `Misuse` when a peer has no model. */
export async function readByPeers(
  clips: readonly EvaluationClip[],
  language: string,
  options: PeerOptions,
): Promise<PeerErrors[]> {
  const results: PeerErrors[] = [];
  for (const { name, read } of peersFor(language, options)) {
    note(`Reading ${clips.length} clips with ${name} …`);
    const readings = await read(clips.map(({ path }) => path));
    const errors = clips.map(({ path, text = '' }) =>
      countErrors(wordsOf(text), wordsOf(readings.get(path)?.text ?? '')),
    );
    const wallMs = [...readings.values()].reduce((sum, { ms }) => sum + ms, 0);
    results.push({ name, errors: sumOf(errors), wallMs });
  }
  return results;
}

function peersFor(language: string, options: PeerOptions): Peer[] {
  const { fasterWhisper, fasterWhisperModel, whisperCpp, whisperCppModel } = options;
  const peers: Peer[] = [];
  if (fasterWhisper !== undefined) {
    if (fasterWhisperModel === undefined) throw new Misuse('--faster-whisper needs --faster-whisper-model FOLDER.');
    for (const beams of [1, 5]) {
      const args = [program, fasterWhisperModel, language, String(beams), String(availableParallelism())];
      peers.push({
        name: `faster-whisper, int8, beam ${beams}`,
        read: (paths) => askPython(fasterWhisper, args, paths),
      });
    }
  }
  if (whisperCpp !== undefined) {
    if (whisperCppModel === undefined) throw new Misuse('--whisper-cpp needs --whisper-cpp-model FILE.');
    const args = ['-m', whisperCppModel, '-l', language, '-t', String(availableParallelism()), '-nt', '-np'];
    peers.push({ name: 'whisper.cpp, loading included', read: (paths) => runWhisperCpp(whisperCpp, args, paths) });
  }
  return peers;
}

const program = fileURLToPath(new URL('../../peers/faster-whisper.py', import.meta.url));

/** The Python program answers each path with a line of JSON. */
async function askPython(
  python: string,
  args: readonly string[],
  paths: readonly string[],
): Promise<Map<string, PeerReading>> {
  const child = spawn(python, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const started = new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) => reject(new Misuse(`${python} does not start: ${cause.message}`)));
  });
  await started;
  child.stdin.end(paths.join('\n'));
  const readings = new Map<string, PeerReading>();
  for await (const line of createInterface(child.stdout)) {
    const { file, ...reading } = JSON.parse(line) as PeerReading & { file: string };
    readings.set(file, reading);
  }
  return readings;
}

/** A process for each clip. */
async function runWhisperCpp(
  whisperCli: string,
  args: readonly string[],
  paths: readonly string[],
): Promise<Map<string, PeerReading>> {
  const readings = new Map<string, PeerReading>();
  for (const path of paths) {
    const startedAtMs = performance.now();
    const { stdout } = await promisify(execFile)(whisperCli, [...args, '-f', path]);
    readings.set(path, { text: stdout.trim(), ms: performance.now() - startedAtMs });
  }
  return readings;
}
