// Decides what a program that records must give: 16-bit samples on a stream, its devices, and what its failures mean.

import type { Readable } from 'node:stream';
import type { Device } from '@voiceinput/plugin-api';
import { VoiceInputError } from '@voiceinput/plugin-api';

/** A recording under way: 16 000 Hz, mono, signed 16 bit, little endian. */
export interface Recording {
  readonly bytes: Readable;
  /** Settles when the program has ended, with what it said last. */
  readonly ended: Promise<string>;
  /** Ends the program. Later calls do nothing. */
  stop(): void;
}

export interface Recorder {
  readonly name: string;
  /** From a sound to its bytes here, about. */
  readonly latencyMs: number;
  /** Absent: the standard device. */
  record(device?: string): Recording;
  /** Rejects when the program is not there. */
  devices(signal: AbortSignal): Promise<readonly Device[]>;
}

/** What a recorder's last words mean, before it gave any audio. */
export function failureOf({ name }: Recorder, device: string | undefined, words: string): VoiceInputError {
  const which = device === undefined ? 'The standard microphone' : `The microphone "${device}"`;
  const said = words.trim() === '' ? '' : `: ${words.trim().split('\n').at(-1)}`;
  if (/ENOENT/.test(words)) return new VoiceInputError('ERR_RECORDER_MISSING', `The program ${name} is not installed.`);
  if (/busy/i.test(words)) return new VoiceInputError('ERR_MICROPHONE_BUSY', `${which} is in use (${name}${said}).`);
  return new VoiceInputError('ERR_MICROPHONE_MISSING', `${which} cannot be opened (${name}${said}).`);
}
