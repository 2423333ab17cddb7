// How the daemon becomes a service of the user's system, stops being one, and what is seen of it.

import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder, VoiceInputError } from '@voiceinput/plugin-api';
import { MOVED, startOfThis } from './definition.ts';
import type { Definition } from './definition.ts';
import { launchd } from './launchd.ts';
import { hasDesktop, stateOf, systemctl } from './systemctl.ts';
import { systemd, UNIT } from './systemd.ts';
import { task } from './task.ts';

export const definitions = { systemd, launchd, task } as const;
const DISPLAYS = ['DISPLAY', 'XAUTHORITY', 'WAYLAND_DISPLAY'];
export type Kind = keyof typeof definitions;

export interface ServiceStatus {
  readonly kind: Kind;
  readonly path: string;
  /** Whether a program of that system has checked its file. */
  readonly verified: boolean;
  readonly installed: boolean;
  /** What it starts. */
  readonly program?: string;
  /** Words of systemd; absent on other systems. */
  readonly enabled?: string;
  readonly active?: string;
  /** Why it would not start. */
  readonly trouble?: VoiceInputError;
}

/** The service that this system knows. */
export function definitionHere(): Definition {
  if (process.platform === 'darwin') return launchd;
  return process.platform === 'win32' ? task : systemd;
}

/** Writes the file; where it is verified, enables the service too. Rejects with `ERR_SERVICE`. */
export async function enableService(definition: Definition, httpPort: number | undefined): Promise<void> {
  const { kind, path } = definition;
  if (existsSync(path) && (await startedBy(definition)) === undefined) throw foreign(path);
  // Nothing is written where nobody would read it.
  if (kind === 'systemd') await systemctl('show-environment');
  const withDesktop = kind !== 'systemd' || (await hasDesktop());
  try {
    await makeFolder(dirname(path));
    await writeFile(path, definition.contentOf(startOfThis(withDesktop, httpPort)));
  } catch (cause) {
    throw new VoiceInputError('ERR_SERVICE', `${path} cannot be written.`, { cause });
  }
  if (kind !== 'systemd') return;
  await systemctl('daemon-reload');
  // Where it starts may be another place now: the old link has to go.
  await systemctl('reenable', UNIT);
}

/** Rejects with `ERR_SERVICE`. */
export async function startService(): Promise<void> {
  // A desktop that does not tell systemd of itself has not told it of its display either.
  const known = DISPLAYS.filter((name) => process.env[name] !== undefined);
  if (known.length > 0) await systemctl('import-environment', ...known);
  await systemctl('restart', UNIT);
}

/** Ends the service and removes its file. Gives whether there was one. Rejects with `ERR_SERVICE`. */
export async function removeService(definition: Definition): Promise<boolean> {
  const { kind, path } = definition;
  if (!existsSync(path)) return false;
  if ((await startedBy(definition)) === undefined) throw foreign(path);
  if (kind === 'systemd') await systemctl('disable', '--now', UNIT);
  await rm(path);
  if (kind === 'systemd') await systemctl('daemon-reload');
  return true;
}

export async function serviceStatus(definition: Definition): Promise<ServiceStatus> {
  const { kind, path, isVerified: verified } = definition;
  const about = { kind, path, verified };
  if (!existsSync(path)) return { ...about, installed: false };
  const files = await startedBy(definition);
  const trouble = troubleOf(path, files);
  const states = kind === 'systemd' && { enabled: await stateOf('is-enabled'), active: await stateOf('is-active') };
  return {
    ...about,
    installed: true,
    ...(files && { program: files.program }),
    ...states,
    ...(trouble && { trouble }),
  };
}

/** Absent when the file is not ours. */
const startedBy = async ({ path, filesIn }: Definition): Promise<ReturnType<Definition['filesIn']>> =>
  filesIn(await readFile(path, 'utf8'));

function foreign(path: string): VoiceInputError {
  return new VoiceInputError('ERR_SERVICE', `${path} was not written by VoiceInput.`, {
    hint: 'Move it away, then run: voiceinput service install',
  });
}

function troubleOf(path: string, files: ReturnType<Definition['filesIn']>): VoiceInputError | undefined {
  if (files === undefined) return foreign(path);
  const missing = [files.program, files.node].find((file) => !existsSync(file));
  if (missing === undefined) return undefined;
  const what = missing === files.program ? 'VoiceInput' : 'Node.js';
  return new VoiceInputError('ERR_SERVICE', `The service starts ${missing}, which does not exist: ${what} was moved.`, {
    hint: MOVED.replace(/^.*\. /, ''),
  });
}
