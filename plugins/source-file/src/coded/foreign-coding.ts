// How a decoder says that it met a coding which only ffmpeg may know.

import type { VoiceInputError } from '@voiceinput/plugin-api';

interface ForeignOptions extends ErrorOptions {
  readonly otherwise?: VoiceInputError;
  readonly isReadable?: boolean;
}

/** Thrown before any audio was given. `title` names the coding for people. */
export class ForeignCoding extends Error {
  readonly title: string;
  /** What to say where ffmpeg cannot help. */
  readonly otherwise: VoiceInputError | undefined;
  /** Whether it can be read without ffmpeg, too, only not so well. */
  readonly isReadable: boolean;

  constructor(title: string, options: ForeignOptions = {}) {
    super(title, options);
    this.title = title;
    this.otherwise = options.otherwise;
    this.isReadable = options.isReadable ?? false;
  }
}
