// What a promise is tried with.

export interface Proof {
  readonly promise: string;
  /** A vitest project and a part of its test files' names. */
  readonly project: string;
  readonly files: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly count: string;
  /** What of the output belongs into the table. */
  readonly told?: RegExp;
}

/** What is the same for many. */
export interface Counts {
  readonly seed: string;
  /** Of a property. */
  readonly runs: string;
  /** Of mutations. */
  readonly rounds: string;
  /** The environment of property tests. */
  readonly property: Readonly<Record<string, string>>;
  /** Where rounds in real applications are recorded: a folder. */
  readonly recorded: string;
}

/** All counts with this seed. */
export function countsOf(seed: string, recorded: string): Counts {
  const runs = '20000';
  const property = { VOICEINPUT_PROPERTY_RUNS: runs, VOICEINPUT_PROPERTY_SEED: seed };
  return { seed, runs, rounds: '10000', property, recorded };
}
