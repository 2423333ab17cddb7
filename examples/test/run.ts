// How the tests run programs: as a user would, with what they print and their exit code.

import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export const examples = join(import.meta.dirname, '..');
export const fixture = (name: string): string => join(examples, '..', 'fixtures', name);

/** The built command line. */
export const cli = join(dirname(createRequire(import.meta.url).resolve('voiceinput/package.json')), 'dist', 'main.js');

export function run(command: string, args: readonly string[], folder: string): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const { NODE_OPTIONS: _own, ...env } = process.env;
    execFile(command, args, { cwd: folder, env, maxBuffer: 64_000_000 }, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== 'number') return reject(error);
      resolve({ exitCode: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

export const node = (args: readonly string[], folder: string): Promise<Ran> => run(process.execPath, args, folder);
export const voiceinput = (args: readonly string[], folder: string): Promise<Ran> => node([cli, ...args], folder);

/** What `ran` printed. Throws with all that it said when it failed. */
export function outputOf({ exitCode, stdout, stderr }: Ran): string {
  if (exitCode !== 0) throw new Error(`It ended with exit code ${exitCode}.\n${stdout}\n${stderr}`);
  return stdout;
}
