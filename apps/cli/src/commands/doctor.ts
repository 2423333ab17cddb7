// Decides what `voiceinput doctor` examines, and the one command that mends each trouble.

import { execFile } from 'node:child_process';
import { mkdir, statfs } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { promisify } from 'node:util';
import { cacheFolder, catalogue, openModelStore } from '@voiceinput/models';
import { errorTable, isVoiceInputError, printable } from '@voiceinput/plugin-api';
import { gigabytes } from '../show/bar.ts';
import { asTyped } from '../show/command-name.ts';
import { createReporter, paint } from '../show/reporter.ts';
import { settle } from '../settings/settle.ts';
import type { Settings, SettingsRequest } from '../settings/settle.ts';
import { print } from '../show/table.ts';
import { withEngine } from './work.ts';

interface Finding {
  readonly what: string;
  /** `limited`: it works, but something optional is missing. */
  readonly state: 'works' | 'limited' | 'broken';
  readonly detail: string;
  /** The command that mends it. */
  readonly mend?: string;
}

const ENOUGH_FREE_BYTES = 200_000_000;

/** Gives the exit code: 7 when anything is broken. */
export async function doctor(
  { json, ...request }: SettingsRequest & { readonly json: boolean },
  signal: AbortSignal,
): Promise<number> {
  const reporter = createReporter({ json });
  const findings: Finding[] = [];
  const examine = async (examination: Promise<Finding>): Promise<void> => {
    const finding = await examination;
    signal.throwIfAborted();
    findings.push(finding);
    if (!json) process.stdout.write(`${line(finding)}\n`);
  };
  await examine(machine());
  await examine(storage());
  const settings = await settle(request, signal).catch((error: unknown) => error);
  await examine(configuration(settings));
  await examine(models(signal));
  // Without them it would only say the same again.
  if (isSettings(settings) && findings.at(-1)?.state === 'works') {
    reporter.progress('Opening the engine …');
    const opened = await engine(settings, signal);
    reporter.progress('');
    await examine(Promise.resolve(opened));
    await examine(microphone(settings, signal));
  }
  if (isSettings(settings)) await examine(desktop(settings, signal));
  await examine(ffmpeg(signal));
  const broken = findings.filter(({ state }) => state === 'broken');
  if (json) print(true, findings, '');
  else
    reporter.note(
      broken.length === 0
        ? 'Everything that dictation needs works.'
        : `${broken.length} of ${findings.length} do not work.`,
    );
  return broken.length === 0 ? 0 : 7;
}

async function machine(): Promise<Finding> {
  const detail = `Node ${process.versions.node} on ${process.platform}-${process.arch}, ${availableParallelism()} cores, ${gigabytes(totalmem())} GB of memory`;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const works = major > 20 || (major === 20 && minor >= 19);
  return works
    ? { what: 'machine', state: 'works', detail }
    : { what: 'machine', state: 'broken', detail, mend: 'Install Node 22 or 24 from https://nodejs.org' };
}

async function storage(): Promise<Finding> {
  const folder = cacheFolder();
  try {
    await mkdir(folder, { recursive: true });
    const { bavail, bsize } = await statfs(folder);
    const detail = `${folder}, ${gigabytes(bavail * bsize)} GB free`;
    if (bavail * bsize >= ENOUGH_FREE_BYTES) return { what: 'cache', state: 'works', detail };
    return {
      what: 'cache',
      state: 'limited',
      detail,
      mend: 'Free some space, or set VOICEINPUT_CACHE_DIR to a folder elsewhere',
    };
  } catch (error) {
    return {
      what: 'cache',
      state: 'broken',
      detail: `${folder}: ${(error as Error).message}`,
      mend: 'Set VOICEINPUT_CACHE_DIR to a writable folder',
    };
  }
}

async function configuration(settings: unknown): Promise<Finding> {
  if (isSettings(settings)) {
    const from = settings.files.length === 0 ? 'built in' : settings.files.join(', ');
    return {
      what: 'configuration',
      state: 'works',
      detail: `${from}; profile ${settings.profile.name}, hybrid ${settings.profile.hybrid ? 'on' : 'off'}`,
    };
  }
  return broken('configuration', settings);
}

async function models(signal: AbortSignal): Promise<Finding> {
  const mend = 'voiceinput models pull';
  try {
    const store = openModelStore({ offline: true });
    const bad = [];
    for (const { id } of catalogue) {
      const states = (await store.verify(id, signal)).map(({ state }) => state);
      if (states.some((state) => state !== 'whole'))
        bad.push(`${id} is ${states.every((state) => state === 'missing') ? 'not fetched yet' : 'damaged'}`);
    }
    if (bad.length > 0) return { what: 'models', state: 'broken', detail: bad.join(', '), mend };
    return { what: 'models', state: 'works', detail: catalogue.map(({ id }) => id).join(', ') };
  } catch (error) {
    return broken('models', error);
  }
}

async function engine(settings: Settings, signal: AbortSignal): Promise<Finding> {
  const startedAtMs = performance.now();
  try {
    await withEngine(settings, openModelStore({ offline: true }), (opened) => opened.ready(signal));
    return { what: 'engine', state: 'works', detail: `opens in ${Math.round(performance.now() - startedAtMs)} ms` };
  } catch (error) {
    return broken('engine', error);
  }
}

async function microphone(settings: Settings, signal: AbortSignal): Promise<Finding> {
  const { source } = settings.dictation;
  try {
    const models = openModelStore({ offline: true });
    const devices = await withEngine(settings, models, (opened) => opened.devices(source, signal));
    const [standard] = [...devices.filter((device) => device.standard), ...devices];
    const detail = standard === undefined ? `${source.use}: no device is listed` : `${standard.name} (${source.use})`;
    if (standard !== undefined) return { what: 'microphone', state: 'works', detail };
    return { what: 'microphone', state: 'limited', detail, mend: errorTable.ERR_MICROPHONE_MISSING.hint };
  } catch (error) {
    return { ...broken('microphone', error), state: 'limited' };
  }
}

async function desktop({ dictation }: Settings, signal: AbortSignal): Promise<Finding> {
  try {
    const { namedKeys, openDisplay } = await import('@voiceinput/desktop');
    const display = await openDisplay(signal);
    const { key } = dictation;
    const isThere = display.keyboard.keymap.keycodesOf(namedKeys[key] ?? -1).length > 0;
    await display.close();
    if (isThere || key === '') return { what: 'desktop', state: 'works', detail: `X11; ${key || 'no key is set'}` };
    const mend = `Set dictation.key to one of: ${Object.keys(namedKeys).slice(0, 20).join(', ')}`;
    return { what: 'desktop', state: 'limited', detail: `X11; the keyboard has no key "${key}"`, mend };
  } catch (error) {
    return { ...broken('desktop', error), state: 'limited' };
  }
}

async function ffmpeg(signal: AbortSignal): Promise<Finding> {
  try {
    const { stdout } = await promisify(execFile)('ffmpeg', ['-version'], { signal });
    return { what: 'ffmpeg', state: 'works', detail: stdout.split('\n')[0]!.replace(/ Copyright.*/, '') };
  } catch {
    const mend =
      process.platform === 'linux' ? 'sudo apt-get install ffmpeg' : 'Install ffmpeg from https://ffmpeg.org';
    return { what: 'ffmpeg', state: 'limited', detail: 'not there; WAV, FLAC, MP3, Ogg and M4A work without it', mend };
  }
}

function broken(what: string, error: unknown): Finding {
  if (!isVoiceInputError(error)) return { what, state: 'broken', detail: String(error) };
  return { what, state: 'broken', detail: `${error.message} [${error.code}]`, mend: error.hint };
}

function isSettings(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && 'profile' in value;
}

const signs = { works: ['green', '✓'], limited: ['yellow', '–'], broken: ['red', '✗'] } as const;

function line({ what, state, detail, mend }: Finding): string {
  const [color, sign] = signs[state];
  const remedy = mend === undefined ? '' : `\n    ${paint('dim', `→ ${printable(asTyped(mend))}`, process.stdout)}`;
  return `${paint(color, sign, process.stdout)} ${what.padEnd(14)} ${printable(detail)}${remedy}`;
}
