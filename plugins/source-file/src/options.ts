// What the user can set.

export interface FileSourceOptions {
  /** Path of an audio file or pipe; `-` is standard input. */
  readonly path: string;
  /** Give frames at the speed of speech, as a microphone would. */
  readonly realtime?: boolean;
  /** The content is headerless: 16 000 Hz, signed 16-bit little-endian, mono. */
  readonly raw?: boolean;
}
