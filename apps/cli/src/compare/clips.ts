// Which audio two models are compared on: the user's own recordings, or a folder, perhaps with transcripts.

import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { refuseWithoutDataset } from '../dataset/installed.ts';

export interface ComparedClip {
  readonly name: string;
  readonly path: string;
  /** Whether it is headerless: 16 000 Hz, mono, signed 16 bit, little endian. */
  readonly raw: boolean;
  /** What was said. Absent when nobody wrote it down. */
  readonly said?: string;
  /** BCP 47. Absent when nobody says which: then it is what the profile says. */
  readonly language?: string;
}

const AUDIO = new Set(['.wav', '.flac', '.mp3', '.ogg', '.opus', '.m4a', '.mp4', '.webm', '.aac']);
const RECORDING = '.pcm';
const METADATA = 'metadata.jsonl';

/** The audio files of a folder, in the order of their names; `a.txt` beside `a.wav`, or metadata.jsonl, says what was said. */
export async function clipsIn(folder: string): Promise<ComparedClip[]> {
  const names = await namesIn(folder);
  const written = names.includes(METADATA) ? await writtenIn(join(folder, METADATA)) : new Map<string, Written>();
  const clips = names
    .filter((name) => AUDIO.has(extname(name).toLowerCase()) || extname(name) === RECORDING)
    .map(async (name) => {
      const transcript = `${basename(name, extname(name))}.txt`;
      const said = names.includes(transcript)
        ? (await readFile(join(folder, transcript), 'utf8')).trim()
        : written.get(name)?.text;
      const language = written.get(name)?.language;
      const clip = { name, path: join(folder, name), raw: extname(name) === RECORDING };
      return {
        ...clip,
        ...(said !== undefined && said !== '' && { said }),
        ...(language !== undefined && { language }),
      };
    });
  return Promise.all(clips);
}

interface Written {
  readonly text: string;
  readonly language?: string;
}

/** What a part of a data set says of its clips, by their names. */
async function writtenIn(path: string): Promise<Map<string, Written>> {
  refuseWithoutDataset();
  const { readMetadata } = await import('@voiceinput/dataset');
  const { lines } = await readMetadata(path);
  return new Map(lines.map((line) => [line.file_name, line]));
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).toSorted();
  } catch (error) {
    throw new VoiceInputError('ERR_FILE_NOT_FOUND', `There is no folder ${folder}.`, { cause: error });
  }
}
