// faster-whisper as a process that reads one clip at a time.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Misuse } from '../show/misuse.ts';

interface PeerText {
  readonly text: string;
  readonly ms: number;
  /** Of all its threads. */
  readonly processorMs: number;
}

export interface FasterWhisper {
  read(path: string): Promise<PeerText>;
  close(): Promise<void>;
}

const program = fileURLToPath(new URL('../../peers/faster-whisper.py', import.meta.url));

/** Greedy, in 8 bits. Rejects with `Misuse` when the Python does not start. */
export async function openFasterWhisper(
  python: string,
  model: { readonly weights: string; readonly language: string; readonly threads: number },
): Promise<FasterWhisper> {
  const args = [program, model.weights, model.language, '1', String(model.threads)];
  const child = spawn(python, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child, 'spawn').catch((cause: Error) => {
    throw new Misuse(`${python} does not start: ${cause.message}`);
  });
  const ended = once(child, 'exit');
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    async read(path) {
      child.stdin.write(`${path}\n`);
      const { value, done } = await lines.next();
      if (done === true) throw new Misuse(`${python} ended without a text: is faster-whisper installed there?`);
      return JSON.parse(value) as PeerText;
    },
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}
