// What a service of every system has: a file that says how daemon or tray are started at login.

import { mainFile } from '../settings/main-file.ts';

/** What is started at login. */
export type LoginPart = 'daemon' | 'tray';

/** How it is started. */
export interface Start {
  /** The Node that runs it, as an absolute path. */
  readonly node: string;
  /** The program, as an absolute path. */
  readonly program: string;
  /** Where the daemon answers HTTP too. Absent: nowhere. */
  readonly httpPort: number | undefined;
  /** What its environment has besides. */
  readonly environment: Readonly<Record<string, string>>;
  /** Whether the system tells when the desktop is there; else it starts at login. Only systemd may not. */
  readonly withDesktop: boolean;
}

export interface Definition {
  readonly kind: 'systemd' | 'autostart' | 'launchd' | 'task';
  readonly part: LoginPart;
  /** Where the file is or would be. */
  readonly path: string;
  /** Whether a program of that system has checked it. */
  readonly isVerified: boolean;
  /** What is in the file. */
  contentOf(start: Start): string;
  /** What a file starts. Absent when it is not ours. */
  filesIn(content: string): Pick<Start, 'node' | 'program'> | undefined;
}

/** Without them daemon and clients would look in different places. */
const KEPT = ['VOICEINPUT_CACHE_DIR', 'VOICEINPUT_RUNTIME_DIR'];

/** The words behind the program. */
export function wordsOf(part: LoginPart, { httpPort }: Pick<Start, 'httpPort'>): readonly string[] {
  if (part === 'tray') return ['tray'];
  return httpPort === undefined ? ['serve'] : ['serve', '--http', '--port', String(httpPort)];
}

/** This program, by this Node. */
export function startOfThis(withDesktop: boolean, httpPort: number | undefined): Start {
  const environment = Object.fromEntries(
    KEPT.flatMap((name) => {
      const value = process.env[name];
      return value === undefined || value === '' ? [] : [[name, value] as const];
    }),
  );
  return { node: process.execPath, program: mainFile, httpPort, environment, withDesktop };
}

/** What a log says when the program was moved, or Node was. */
export const MOVED = 'VoiceInput or Node.js was moved. In the new place, run: voiceinput service install';
