// What `voiceinput keys` prints: how the compositor that runs binds the user's keys, for on Wayland no program hears them.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { isWayland } from '@voiceinput/desktop';
import { compositors, keyLines, runningCompositor, setOnSway } from '@voiceinput/desktop/wayland';
import type { Compositor } from '@voiceinput/desktop/wayland';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { mainFile } from '../settings/main-file.ts';
import { loadSettings } from '../settings/settle.ts';
import { createReporter } from '../show/reporter.ts';
import { print } from '../show/table.ts';
import { inLocale } from '../messages/in-locale.ts';

export interface KeysWanted {
  readonly json: boolean;
  /** Absent: the one that runs. */
  readonly compositor: Compositor | undefined;
  /** Whether the lines take effect at once. */
  readonly set: boolean;
}

/** Prints the lines, and where they belong. Rejects with `ERR_DESKTOP` where they cannot be set, or nobody knows the compositor. */
export async function printKeys({ json, set, ...wanted }: KeysWanted, signal: AbortSignal): Promise<number> {
  const reporter = createReporter({ json });
  const { dictation } = await loadSettings({ includeWorkingDirectory: false }, signal);
  const { key, mode, moreKeys, undoKey, pasteKey } = dictation;
  const compositor = wanted.compositor ?? runningCompositor();
  if (compositor === undefined && !isWayland()) {
    print(
      json,
      { lines: [] },
      inLocale`Nothing is to be done on X11: the daemon hears the keys of your settings by itself.`,
    );
    return 0;
  }
  if (compositor === undefined) throw unknownCompositor();
  const isHeld = mode === 'hold';
  const told = keyLines(compositor, { key, isHeld, moreKeys, undoKey, pasteKey, command: commandHere() });
  if (set) await setHere(compositor, told.lines);
  print(json, { compositor, isSet: set, ...told }, told.lines.join('\n'));
  if (set) reporter.note(inLocale`They work until sway reads its configuration again.`);
  reporter.note(inLocale`To keep them: ${told.where}.`);
  if (!told.isTried) reporter.note(inLocale`Nobody has tried this with ${compositor} yet.`);
  return 0;
}

async function setHere(compositor: Compositor, lines: readonly string[]): Promise<void> {
  if (compositor === 'sway') return setOnSway(lines);
  throw new VoiceInputError('ERR_DESKTOP', `Keys can be set on sway only, not on ${compositor}.`, {
    hint: 'See where the lines belong: voiceinput keys',
  });
}

function unknownCompositor(): VoiceInputError {
  return new VoiceInputError('ERR_DESKTOP', 'How this compositor binds keys to commands is not known.', {
    hint: `Bind voiceinput toggle to a key in its configuration; voiceinput keys --for shows how others do it: ${compositors.join(', ')}.`,
  });
}

const NAME = 'voiceinput';

/** As whoever starts it finds it. */
function commandHere(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.some((folder) => isProgram(join(folder, NAME))) ? NAME : `${process.execPath} ${mainFile}`;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not in this folder.
    return false;
  }
}
