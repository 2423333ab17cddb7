// What `voiceinput history` does with what is kept: correct, play, delete.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Result } from '@voiceinput/client';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { writeWave } from '../history/wave.ts';
import { askYesOrNo } from '../show/ask.ts';
import { asTyped } from '../show/command-name.ts';
import { entryText } from '../show/entry.ts';
import { createReporter } from '../show/reporter.ts';
import { print } from '../show/table.ts';
import { userFileWith, writeUserFile } from '../settings/user-file.ts';
import { loadSettings } from '../settings/settle.ts';
import { reachDaemon, withDaemon } from './daemon.ts';
import { inLocale } from '../messages/in-locale.ts';

interface Shown {
  readonly json: boolean;
}

const MEGABYTE = 1_000_000;

/** Asks once whether the recordings of corrected dictations may stay. Without a text the correction is taken away. */
export function correctDictation(id: string, text: string, { json }: Shown, signal: AbortSignal): Promise<number> {
  return withDaemon(reachDaemon(signal), async (client) => {
    const entry = await client.call('history/correct', { id, text });
    await agree(json, signal);
    print(json, entry, entryText(entry));
    const { corrected } = await client.call('history/size', {});
    createReporter({ json }).note(asTyped(sizeText(corrected)));
    return 0;
  });
}

/** A terminal is asked once; the answer stands in the configuration file. */
async function agree(json: boolean, signal: AbortSignal): Promise<void> {
  if (json || !process.stdin.isTTY || !process.stderr.isTTY) return;
  const path = ['dictation', 'history', 'keepCorrected'];
  const { configuration } = await loadSettings({ includeWorkingDirectory: false }, signal);
  if (configuration.dictation?.history?.keepCorrected !== undefined) return;
  const isAgreed = await askYesOrNo(
    inLocale`Keep dictations that you correct, with their recordings, on this machine until you delete them?`,
    signal,
  );
  await writeUserFile(await userFileWith([[path, isAgreed]]));
}

function sizeText({ dictations, recordings, recordingBytes }: Result<'history/size'>['all']): string {
  const megabytes = (recordingBytes / MEGABYTE).toFixed(1);
  const count = dictations === 1 ? inLocale`1 corrected dictation` : inLocale`${dictations} corrected dictations`;
  return inLocale`${count}, ${recordings} with a recording (${megabytes} MB). Delete them with: voiceinput history remove --corrected`;
}

/** The first that is there plays a WAV file and ends with it. */
const players: readonly (readonly string[])[] = [
  ['paplay'],
  ['pw-play'],
  ['aplay', '-q'],
  ['afplay'],
  ['ffplay', '-nodisp', '-autoexit', '-loglevel', 'error'],
];

/** Rejects with `ERR_COMMAND_FAILED` when nothing here can play it. */
export function playDictation(id: string, { json }: Shown, signal: AbortSignal): Promise<number> {
  return withDaemon(reachDaemon(signal), async (client) => {
    const recording = await client.call('history/recording', { id });
    const folder = await mkdtemp(join(tmpdir(), 'voiceinput-play-'));
    try {
      const file = join(folder, `${recording.id}.wav`);
      await writeWave(recording.path, file);
      const player = await played(file, signal);
      print(json, { id: recording.id, player }, inLocale`Played ${recording.id}.`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    return 0;
  });
}

/** Gives the program that played it. */
async function played(file: string, signal: AbortSignal): Promise<string> {
  for (const [program = '', ...parameters] of players) {
    const child = spawn(program, [...parameters, file], { stdio: ['ignore', 'ignore', 'inherit'], signal });
    try {
      const [exitCode] = (await once(child, 'exit')) as [number | null];
      if (exitCode === 0) return program;
      throw new VoiceInputError(
        'ERR_COMMAND_FAILED',
        `${program} could not play the recording (exit code ${exitCode}).`,
      );
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  const names = players.map(([program]) => program).join(', ');
  throw new VoiceInputError('ERR_COMMAND_FAILED', `No program that plays sounds was found (${names}).`, {
    hint: 'Install one, or get the recording as a file with: voiceinput history export FOLDER',
  });
}

export interface Removal extends Shown {
  /** Absent: those of `which`. */
  readonly id: string | undefined;
  readonly which: 'all' | 'corrected' | undefined;
  /** Nobody is asked. */
  readonly isSure: boolean;
}

/** Rejects with `ERR_USAGE` unless one ID, or all of a kind, is named, and where nobody can be asked. */
export function removeDictations({ json, id, which, isSure }: Removal, signal: AbortSignal): Promise<number> {
  if ((id === undefined) === (which === undefined))
    throw new VoiceInputError('ERR_USAGE', 'Name one dictation, or --all, or --corrected.', {
      hint: 'See the IDs with: voiceinput history',
    });
  return withDaemon(reachDaemon(signal), async (client) => {
    if (id !== undefined) {
      const removed = await client.call('history/remove', { id });
      print(json, removed, inLocale`Deleted.${alsoCopies(removed)}`);
      return 0;
    }
    const { [which!]: size } = await client.call('history/size', {});
    if (!isSure && !(await isMeant(size, signal))) return 0;
    const cleared = await client.call('history/clear', { corrected: which === 'corrected' });
    const count = cleared.removed === 1 ? inLocale`1 dictation` : inLocale`${cleared.removed} dictations`;
    print(json, cleared, inLocale`Deleted ${count}.${alsoCopies(cleared)}`);
    return 0;
  });
}

const alsoCopies = ({ damagedCopies }: { readonly damagedCopies: number }): string =>
  damagedCopies === 0 ? '' : inLocale` Copies of a damaged history that may have held their text were deleted too.`;

function isMeant({ dictations, recordingBytes }: Result<'history/size'>['all'], signal: AbortSignal): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new VoiceInputError('ERR_USAGE', `This deletes ${dictations} dictations for good.`, {
      hint: 'If you are sure, add --yes.',
    });
  const megabytes = (recordingBytes / MEGABYTE).toFixed(1);
  return askYesOrNo(inLocale`Delete ${dictations} dictations and ${megabytes} MB of recordings for good?`, signal);
}
