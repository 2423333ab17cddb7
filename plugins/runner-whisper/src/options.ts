// Which options the runner takes.

export const DEFAULT_MODEL = 'whisper-base';

export interface WhisperOptions {
  readonly model?: string;
  readonly precision?: 'int8' | 'float';
  readonly beams?: number;
  readonly beamsWithinMs?: number;
  readonly threads?: number;
  readonly keepMemory?: boolean;
}
