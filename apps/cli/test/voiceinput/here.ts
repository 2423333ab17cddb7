// How tests run a command that starts nothing and waits for nobody: in their own process, which costs a tenth.

import { createRequire } from 'node:module';
import { never } from '@voiceinput/testkit';
import { runCommandLine } from '../../src/program/run.ts';
import type { Ended, RunOptions } from './run.ts';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

type Write = typeof process.stdout.write;

let last: Promise<unknown> = Promise.resolve();

/** Runs `voiceinput` with `args` to its end, one at a time: folder, environment and output are the process's own. */
export function voiceinput(args: readonly string[], options: Omit<RunOptions, 'stdin' | 'within'>): Promise<Ended> {
  const ended = last.then(() => runHere(args, options));
  last = ended.catch(() => undefined);
  return ended;
}

async function runHere(args: readonly string[], { folder, env }: RunOptions): Promise<Ended> {
  const { env: outerEnv } = process;
  const outerFolder = process.cwd();
  const { FORCE_COLOR: _color, npm_package_name: _clone, ...inherited } = outerEnv;
  const [stdout, stderr] = [hear(process.stdout), hear(process.stderr)];
  process.env = { ...inherited, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder, LC_ALL: 'C.UTF-8', ...env };
  process.chdir(folder);
  try {
    const exitCode = await runCommandLine(args, version, never);
    return { stdout: stdout.text(), stderr: stderr.text(), exitCode };
  } finally {
    process.chdir(outerFolder);
    process.env = outerEnv;
    stdout.end();
    stderr.end();
  }
}

function hear(stream: NodeJS.WriteStream): { text(): string; end(): void } {
  const { write } = stream;
  let text = '';
  stream.write = ((chunk: string | Uint8Array, ...rest: readonly unknown[]) => {
    text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    const done = rest.at(-1);
    if (typeof done === 'function') process.nextTick(done as () => void);
    return true;
  }) as Write;
  return { text: () => text, end: () => void (stream.write = write) };
}
