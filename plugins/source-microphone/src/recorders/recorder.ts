// What a program that records must give, and what its last words mean.

import type { Device, ErrorCode } from '@voiceinput/plugin-api';

/** Why a recording ended that nobody stopped. */
export interface Ending {
  /** `ERR_RECORDER_MISSING` says that this recorder cannot work here at all; another one may. */
  readonly code: Extract<
    ErrorCode,
    'ERR_RECORDER_MISSING' | 'ERR_MICROPHONE_MISSING' | 'ERR_MICROPHONE_BUSY' | 'ERR_MICROPHONE_LOST'
  >;
  /** The program's own words, one line. May be empty. */
  readonly words: string;
}

/** A recording under way. */
export interface Recording {
  /** 16 000 Hz mono, for one reader. Nothing is lost when it reads late. Ends with the recording. */
  samples(): AsyncGenerator<Float32Array>;
  /** Settles when the program is gone. */
  readonly ended: Promise<Ending>;
  /** Ends the program; `samples` end at once. Later calls do nothing. */
  stop(): void;
}

export interface Recorder {
  readonly name: string;
  /** From a sound to its samples here, in the worst case. */
  readonly latencyMs: number;
  /** Absent device: the standard one. `log` hears of a change of device that the system makes. */
  record(device: string | undefined, log: (message: string) => void): Recording;
  /** Rejects when the program is not there or has nothing to ask. */
  devices(signal: AbortSignal): Promise<readonly Device[]>;
}

/** What the recorder said when it gave up: texts of libpulse, ALSA and Node, untranslated. */
export function endingOf(words: string, delivered: boolean): Ending {
  const last = words.trim().split('\n').at(-1) ?? '';
  if (delivered) return { code: 'ERR_MICROPHONE_LOST', words: last };
  if (/ENOENT|EACCES|not installed|Connection (failure|refused|terminated)|Access denied/i.test(words)) {
    return { code: 'ERR_RECORDER_MISSING', words: last };
  }
  if (/busy|delivered nothing/i.test(words)) return { code: 'ERR_MICROPHONE_BUSY', words: last };
  return { code: 'ERR_MICROPHONE_MISSING', words: last };
}
