// Which options the runner takes, and what became of the names of earlier versions.

export const DEFAULT_MODEL = 'moonshine-tiny-en';

export interface RunnerOptions {
  readonly model?: string;
  readonly passes?: number;
  readonly beams?: number;
  readonly int8Encoder?: boolean;
  readonly threads?: number;
  readonly keepMemory?: boolean;
}

/** Options as they may be written: also under the names that they had before. */
export interface WrittenOptions extends RunnerOptions {
  readonly readings?: number;
  readonly roundedEncoder?: boolean;
}

/** The options under their present names; `tell` gets a sentence about each old one. */
export function underPresentNames(
  { readings, roundedEncoder, ...options }: WrittenOptions,
  tell: (sentence: string) => void,
): RunnerOptions {
  const old: [string, string, number | boolean | undefined][] = [
    ['readings', 'passes', readings],
    ['roundedEncoder', 'int8Encoder', roundedEncoder],
  ];
  const written = old.filter(([, , value]) => value !== undefined);
  for (const [before, now] of written) {
    tell(
      `The option "${before}" of runner-moonshine is now called "${now}". The old name still works; please rename it.`,
    );
  }
  return { ...options, ...Object.fromEntries(written.map(([, now, value]) => [now, value])) };
}
