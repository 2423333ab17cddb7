// Which options the detector takes.

export const DEFAULT_MODEL = 'silero-vad-v6';

export interface VadOptions {
  readonly model?: string;
}
