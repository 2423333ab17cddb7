// Which sound tells what, and which program of the system plays it.

import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runtimeFolder } from '@voiceinput/client';
import { makeFolder } from '@voiceinput/plugin-api';
import { tones } from './tone.ts';

export type Cue = 'listening' | 'stopped';

export interface Cues {
  /** Plays a cue in the background. Never fails: a sound is not worth a dictation. */
  play(cue: Cue): void;
}

const notesHz: Readonly<Record<Cue, readonly number[]>> = {
  listening: [660, 880],
  stopped: [880, 660],
};

/** The first that is there plays: PulseAudio and PipeWire, ALSA, macOS. */
const players: readonly (readonly string[])[] = [['paplay'], ['pw-play'], ['aplay', '-q'], ['afplay']];
/** A player that hangs is ended. */
const LONGEST_MS = 3_000;

/** `log` is told once when nothing can play. */
export async function openCues(log: (message: string) => void): Promise<Cues> {
  // Where nobody else can have put a link to another file.
  const folder = join(runtimeFolder(), 'cues');
  const pathOf = (cue: Cue): string => join(folder, `${cue}.wav`);
  try {
    await makeFolder(folder, 0o700);
    for (const [cue, notes] of Object.entries(notesHz)) await writeFile(pathOf(cue as Cue), tones(notes));
  } catch (error) {
    log(`Sound cues cannot be played: ${(error as Error).message}`);
    return { play: () => undefined };
  }
  let usable = players;

  function tryToPlay(cue: Cue): void {
    const [player] = usable;
    if (player === undefined) return;
    const [program = '', ...args] = player;
    const child = spawn(program, [...args, pathOf(cue)], { stdio: 'ignore', timeout: LONGEST_MS });
    child.once('error', () => {
      usable = usable.filter((one) => one !== player);
      if (usable.length === 0)
        log('No program for playing sounds found (paplay, pw-play, aplay or afplay); there are no sound cues.');
      tryToPlay(cue);
    });
    child.unref();
  }

  return { play: tryToPlay };
}
