// What a test gets that needs a display where there is none: an X server that nobody sees.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { cookieFile } from '../cookie.ts';
import { guardChildren } from '../guard.ts';
import { missingPrograms } from '../programs.ts';
import { screenIn } from './screen.ts';
import type { Screen } from './screen.ts';

export type { Screen } from './screen.ts';

export interface VirtualDisplay {
  /** For `DISPLAY`. */
  readonly name: string;
  readonly pid: number;
  /** What is to be seen now, all windows together. */
  look(): Promise<Screen>;
  /** Ends it at once, as a crash would. */
  close(): Promise<void>;
}

/** Why a test that needs a display cannot run here, as a sentence for its skip; absent when it can. */
export function missingForDisplay(): string | undefined {
  return missingPrograms('Xvfb');
}

export interface DisplayOptions {
  /** An extension that it does not have. */
  readonly without?: string;
  /** Whether it admits only those who have its cookie, which nobody has. */
  readonly isClosed?: boolean;
}

/** A display of 1280 × 800 without anything on it. Ask `missingForDisplay` first. */
export async function openVirtualDisplay({ without, isClosed = false }: DisplayOptions = {}): Promise<VirtualDisplay> {
  guardChildren();
  const folder = await mkdtemp(join(tmpdir(), 'voiceinput-display-'));
  const args = ['-fbdir', folder, '-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp', '-noreset'];
  if (without !== undefined) args.push('-extension', without);
  if (isClosed) {
    const cookies = join(folder, 'cookies');
    await writeFile(cookies, cookieFile());
    args.push('-auth', cookies);
  }
  const child = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const [number] = (await once(child.stdio[3] as Readable, 'data')) as [Buffer];
  return {
    name: `:${number.toString().trim()}`,
    pid: child.pid!,
    look: async () => screenIn(await readFile(join(folder, 'Xvfb_screen0'))),
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      await rm(folder, { recursive: true });
    },
  };
}
