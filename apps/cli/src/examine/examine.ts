// What is examined on a machine, and the one command that fixes each trouble.

import { execFile } from 'node:child_process';
import { statfs } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { promisify } from 'node:util';
import type { Finding } from '@voiceinput/client';
import { cacheFolder } from '@voiceinput/models';
import type { Models } from '@voiceinput/models';
import { errorTable, isVoiceInputError, makeFolder, quoted } from '@voiceinput/plugin-api';
import type { Device, VoiceInputError } from '@voiceinput/plugin-api';
import { gigabytes } from '../show/bar.ts';
import { openDesktop } from '../serve/keys/desktop.ts';
import { firstWanted, wantedDevices } from '../settings/device.ts';
import type { Settings } from '../settings/settle.ts';
import { needsOf } from '../settings/sink-needs.ts';
import { recommendationOf, spokenIn } from '../settings/lanes.ts';
import { usedModels } from '../settings/used-models.ts';
import { laneLines } from '../show/lane-lines.ts';
import { foundDesktop } from './desktop.ts';
import { foundLinux } from './wayland.ts';
import { examineKey } from './key.ts';
import type { Key } from './key.ts';

const ENOUGH_FREE_BYTES = 200_000_000;

export interface Examined {
  /** The settings, or why there are none. */
  readonly settings: Settings | Error;
  /** Not asked when there are no settings. */
  readonly models: Pick<Models, 'status'>;
  /** Opens the engine and waits until it is warm. */
  open(): Promise<void>;
  devices(): Promise<readonly Device[]>;
  /** What the daemon says of its key. Absent when none runs. */
  key(): Promise<Key | undefined>;
  /** Why the daemon that runs cannot be used. Absent when it can, or when none runs. */
  daemonTrouble?(): Promise<VoiceInputError | undefined>;
}

/** One finding after another, as they are made. What would only say the same again is left out. */
export async function* examine(examined: Examined, signal: AbortSignal): AsyncGenerator<Finding> {
  const { settings } = examined;
  yield await machine();
  yield await storage();
  yield configuration(settings);
  const spoken = settings instanceof Error ? undefined : languages(settings);
  if (spoken !== undefined) yield spoken;
  if (!(settings instanceof Error)) {
    const fetched = await models(examined.models, usedModels(settings), signal);
    yield fetched;
    if (fetched.state === 'works') {
      yield await engine(examined);
      yield await microphone(examined, settings);
    }
    yield await desktop(settings, signal);
    yield await examineKey(settings, await examined.key(), signal);
  }
  yield await ffmpeg(signal);
  const trouble = await examined.daemonTrouble?.();
  if (trouble !== undefined) yield broken('daemon', trouble);
}

async function machine(): Promise<Finding> {
  const detail = `Node ${process.versions.node} on ${process.platform}-${process.arch}, ${availableParallelism()} cores, ${gigabytes(totalmem())} GB of memory`;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const works = major > 20 || (major === 20 && minor >= 19);
  return works
    ? { what: 'machine', state: 'works', detail }
    : { what: 'machine', state: 'broken', detail, fix: 'Install Node 22 or 24 from https://nodejs.org' };
}

async function storage(): Promise<Finding> {
  const folder = cacheFolder();
  try {
    await makeFolder(folder);
    const { bavail, bsize } = await statfs(folder);
    const detail = `${folder}, ${gigabytes(bavail * bsize)} GB free`;
    if (bavail * bsize >= ENOUGH_FREE_BYTES) return { what: 'cache', state: 'works', detail };
    return {
      what: 'cache',
      state: 'limited',
      detail,
      fix: 'Free some space, or set VOICEINPUT_CACHE_DIR to a folder on another disk',
    };
  } catch (error) {
    return {
      what: 'cache',
      state: 'broken',
      detail: `${folder}: ${(error as Error).message}`,
      fix: 'Set VOICEINPUT_CACHE_DIR to a writable folder',
    };
  }
}

function configuration(settings: Settings | Error): Finding {
  if (settings instanceof Error) return broken('configuration', settings);
  const { files, profile } = settings;
  const from = files.length === 0 ? 'built in' : files.join(', ');
  const detail = `${from}; profile ${profile.name}, hybrid ${profile.hybrid ? 'on' : 'off'}`;
  return { what: 'configuration', state: 'works', detail };
}

/** Absent where the profile names no languages, or its models. */
function languages(settings: Settings): Finding | undefined {
  const recommendation = recommendationOf(settings, settings.profile.name);
  if (recommendation === undefined) return undefined;
  const { missing } = recommendation;
  const [draft, better] = laneLines(recommendation);
  const detail = `${spokenIn(settings, settings.profile.name).join(', ')}; ${draft}; ${better}`;
  if (missing.length === 0) return { what: 'languages', state: 'works', detail };
  return { what: 'languages', state: 'limited', detail, fix: `voiceinput models pull ${missing.join(' ')}` };
}

/** Files that were checked before and not touched since are not read again. */
async function models(store: Pick<Models, 'status'>, ids: readonly string[], signal: AbortSignal): Promise<Finding> {
  const fix = 'voiceinput models pull';
  try {
    const bad = [];
    for (const id of ids) {
      const { state } = await store.status(id, signal);
      if (state !== 'ready') bad.push(state === 'absent' ? `${id} is not fetched yet` : `${id} is damaged`);
    }
    if (bad.length > 0) return { what: 'models', state: 'broken', detail: bad.join(', '), fix };
    return { what: 'models', state: 'works', detail: ids.join(', ') };
  } catch (error) {
    return broken('models', error);
  }
}

async function engine({ open }: Examined): Promise<Finding> {
  const startedAtMs = performance.now();
  try {
    await open();
    return { what: 'engine', state: 'works', detail: `opens in ${Math.round(performance.now() - startedAtMs)} ms` };
  } catch (error) {
    return broken('engine', error);
  }
}

async function microphone({ devices: list }: Examined, { dictation }: Settings): Promise<Finding> {
  const { use, options } = dictation.source;
  const wanted = wantedDevices(options);
  try {
    const devices = await list();
    const found = wanted.length === 0 ? standardOf(devices) : firstWanted(wanted, devices);
    if (found !== undefined) return { what: 'microphone', state: 'works', detail: `${found.name} (${use})` };
    const missing = wanted.length === 0 ? 'no device' : `none of ${wanted.map((name) => quoted(name)).join(', ')}`;
    const fix = errorTable.ERR_MICROPHONE_MISSING.hint;
    return { what: 'microphone', state: 'limited', detail: `${use}: ${missing} is listed`, fix };
  } catch (error) {
    return { ...broken('microphone', error), state: 'limited' };
  }
}

const standardOf = (devices: readonly Device[]): Device | undefined =>
  devices.find(({ standard }) => standard) ?? devices[0];

async function desktop({ dictation, plugins }: Settings, signal: AbortSignal): Promise<Finding> {
  try {
    const { kind, close } = await openDesktop({ ...dictation, needs: needsOf(dictation.sink, plugins) }, signal);
    await close();
    return kind === 'portable' ? foundDesktop(kind, process.platform) : await foundLinux(kind);
  } catch (error) {
    return { ...broken('desktop', error), state: 'limited' };
  }
}

async function ffmpeg(signal: AbortSignal): Promise<Finding> {
  try {
    const { stdout } = await promisify(execFile)('ffmpeg', ['-version'], { signal });
    return { what: 'ffmpeg', state: 'works', detail: stdout.split('\n')[0]!.replace(/ Copyright.*/, '') };
  } catch {
    const fix = process.platform === 'linux' ? 'sudo apt-get install ffmpeg' : 'Install ffmpeg from https://ffmpeg.org';
    return {
      what: 'ffmpeg',
      state: 'limited',
      detail: 'not installed; WAV, FLAC, MP3, Ogg and M4A work without it',
      fix,
    };
  }
}

function broken(what: string, error: unknown): Finding {
  if (!isVoiceInputError(error)) return { what, state: 'broken', detail: String(error) };
  return { what, state: 'broken', detail: `${error.message} [${error.code}]`, fix: error.hint };
}
