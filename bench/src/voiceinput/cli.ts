// How the bench runs the real `voiceinput` command and what it reads from it.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Decision } from '@voiceinput/plugin-api';

/** The end of a file, as `voiceinput transcribe --json` writes it. */
export interface ResultLine {
  readonly type: 'result';
  readonly file: string;
  readonly audioMs: number;
  readonly draft: string;
  readonly text: string;
  readonly draftMs: number | null;
  readonly refinedMs: number | null;
  readonly lanes: {
    readonly refine: { readonly decided: Decision; readonly segments?: Readonly<Record<Decision, number>> } | null;
  };
}

interface TextLine {
  readonly type: 'text';
  readonly stage: 'partial' | 'draft' | 'refined';
  readonly text: string;
}

export interface Surroundings {
  /** Beside what the bench itself has. */
  readonly env?: NodeJS.ProcessEnv;
  readonly onStart?: (child: ChildProcess) => void;
  readonly onResult?: (line: ResultLine) => void;
  readonly onText?: (line: TextLine) => void;
}

export interface CliRun {
  readonly results: readonly ResultLine[];
  /** What went wrong, as the command said it. */
  readonly complaints: readonly string[];
  readonly wallMs: number;
}

const program = join(dirname(fileURLToPath(import.meta.resolve('voiceinput/package.json'))), 'dist', 'main.js');

/** Transcribes files in one process. A file that fails is missing in `results` and named in `complaints`. */
export async function transcribe(
  files: readonly string[],
  options: readonly string[],
  surroundings: Surroundings = {},
): Promise<CliRun> {
  const startedAtMs = performance.now();
  const child = spawn(process.execPath, [program, 'transcribe', '--json', ...options, ...files], {
    env: { ...process.env, ...surroundings.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  surroundings.onStart?.(child);
  const results: ResultLine[] = [];
  const complaints: string[] = [];
  createInterface(child.stderr).on('line', (line) => complaints.push(line));
  const read = (async () => {
    for await (const text of createInterface(child.stdout)) {
      const line = JSON.parse(text) as ResultLine | TextLine;
      if (line.type === 'text') surroundings.onText?.(line);
      if (line.type !== 'result') continue;
      results.push(line);
      surroundings.onResult?.(line);
    }
  })();
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve());
  });
  await read;
  return { results, complaints, wallMs: performance.now() - startedAtMs };
}

/** What a command prints with `--json`. Rejects when it fails. */
export async function ask(...args: readonly string[]): Promise<unknown> {
  const child = spawn(process.execPath, [program, ...args, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (printed += piece));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (exitCode !== 0) throw new Error(`voiceinput ${args.join(' ')} ended with exit code ${exitCode}`);
  return JSON.parse(printed);
}
