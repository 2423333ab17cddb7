// Which options the runner takes.

export const DEFAULT_MODEL = 'moonshine-tiny-en';

export interface RunnerOptions {
  readonly model?: string;
  readonly readings?: number;
  readonly beams?: number;
  readonly roundedEncoder?: boolean;
  readonly threads?: number;
  readonly keepMemory?: boolean;
}
