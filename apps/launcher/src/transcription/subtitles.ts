// How a transcription becomes subtitles, and where they are saved.

import { writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { Alert, confirmAlert, showInFinder, showToast, Toast } from '@raycast/api';
import type { SessionResult } from '@voiceinput/plugin-api';
import { subtitlesSink } from '@voiceinput/sink-subtitles';

export type Format = 'srt' | 'vtt';

export async function subtitlesOf(result: SessionResult, format: Format): Promise<string> {
  let written = '';
  const stream = {
    write(text: string, done: () => void): void {
      written += text;
      done();
    },
    on: () => undefined,
    off: () => undefined,
  };
  await subtitlesSink(stream, { format }).end(result, new AbortController().signal);
  return written;
}

/** Saves beside the recording. A file that is there already is replaced only when the user says so. */
export async function saveSubtitles(recording: string, text: string, format: Format): Promise<void> {
  const { dir, name } = parse(recording);
  const path = join(dir, `${name}.${format}`);
  if (!(await write(path, text))) return;
  const primaryAction = { title: 'Show in Finder', onAction: () => void showInFinder(path) };
  await showToast({ style: Toast.Style.Success, title: 'Saved', message: path, primaryAction });
}

async function write(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const primaryAction = { title: 'Replace', style: Alert.ActionStyle.Destructive };
  if (!(await confirmAlert({ title: 'Replace the file?', message: path, primaryAction }))) return false;
  await writeFile(path, text);
  return true;
}
