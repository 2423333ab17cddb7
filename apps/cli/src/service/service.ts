// How a file becomes a service of the user's system, stops being one, and what is seen of it.

import { existsSync, lstatSync, readlinkSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { makeFolder, VoiceInputError } from '@voiceinput/plugin-api';
import { mainFile } from '../settings/main-file.ts';
import { MOVED, startOfThis } from './definition.ts';
import type { Definition } from './definition.ts';
import { hasDesktop, stateOf, systemctl } from './systemctl.ts';

export interface ServiceStatus extends Pick<Definition, 'kind' | 'part' | 'path'> {
  /** Whether a program of that system has checked its file. */
  readonly verified: boolean;
  readonly installed: boolean;
  /** What it starts. */
  readonly program?: string;
  /** Whether that is another VoiceInput than this one. */
  readonly other?: boolean;
  /** Words of systemd; absent on other systems. */
  readonly enabled?: string;
  readonly active?: string;
  /** Why it would not start, or has failed. */
  readonly trouble?: VoiceInputError;
}

/** Writes the file; systemd is told of it. Rejects with `ERR_SERVICE`. */
export async function enableService(definition: Definition, httpPort: number | undefined): Promise<void> {
  const { kind, path } = definition;
  if (isMasked(path)) throw masked(path);
  if (existsSync(path) && (await startedBy(definition)) === undefined) throw foreign(path);
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
  await systemctl('reenable', basename(path));
}

/** Ends the service and removes its file. Gives whether there was one. Rejects with `ERR_SERVICE`. */
export async function removeService(definition: Definition): Promise<boolean> {
  const { kind, path } = definition;
  if (isMasked(path)) throw masked(path);
  if (!existsSync(path)) return false;
  if ((await startedBy(definition)) === undefined) throw foreign(path);
  if (kind === 'systemd') await systemctl('disable', '--now', basename(path));
  await rm(path);
  if (kind === 'systemd') await systemctl('daemon-reload');
  return true;
}

export async function serviceStatus(definition: Definition): Promise<ServiceStatus> {
  const { kind, part, path, isVerified: verified } = definition;
  const about = { kind, part, path, verified };
  const isThere = existsSync(path) || isMasked(path);
  if (!isThere) return { ...about, installed: false };
  const unit = basename(path);
  const states = kind === 'systemd' && {
    enabled: await stateOf('is-enabled', unit),
    active: await stateOf('is-active', unit),
  };
  const isAway = isMasked(path) || (states && states.enabled.startsWith('masked'));
  const files = isAway ? undefined : await startedBy(definition);
  const trouble = isAway ? masked(path) : (troubleOf(path, files) ?? (states && failureOf(unit, states.active)));
  return {
    ...about,
    installed: true,
    ...(files && { program: files.program, ...(files.program !== mainFile && { other: true }) }),
    ...states,
    ...(trouble && { trouble }),
  };
}

/** Whether the user told systemd never to start it. */
function isMasked(path: string): boolean {
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return isLink && readlinkSync(path) === '/dev/null';
}

/** Absent when the file is not ours. */
const startedBy = async ({ path, filesIn }: Definition): Promise<ReturnType<Definition['filesIn']>> =>
  filesIn(await readFile(path, 'utf8'));

function foreign(path: string): VoiceInputError {
  return new VoiceInputError('ERR_SERVICE', `${path} was not written by VoiceInput.`, {
    hint: 'Move it away, then run: voiceinput service install',
  });
}

function masked(path: string): VoiceInputError {
  return new VoiceInputError('ERR_SERVICE', `${basename(path)} is masked: systemd does not start it.`, {
    hint: `Undo that with: systemctl --user unmask ${basename(path)}`,
  });
}

function failureOf(unit: string, active: string): VoiceInputError | undefined {
  if (active !== 'failed') return undefined;
  return new VoiceInputError('ERR_SERVICE', `${unit} has failed, and is not started again.`, {
    hint: `See why with: journalctl --user -u ${unit}; then: voiceinput service install`,
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
