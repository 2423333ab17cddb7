// What the bench says to a contender's process and what it hears back.

import type { Profile } from '@voiceinput/engine';
import type { LaneName } from '@voiceinput/plugin-api';

/** A clip to transcribe: as a file for whole programs, as samples (16 000 Hz mono) for bare models. */
export type Order = { readonly path: string; readonly realtime: boolean } | { readonly samples: Float32Array };

export interface Reading {
  readonly text: string;
  /** By what was measured, such as `draft`. */
  readonly ms: Readonly<Record<string, number>>;
  /** The stretch from the first to the last speech found, in samples, if the contender looks for it. */
  readonly speech?: { readonly startSample: number; readonly endSample: number };
}

export interface Ready {
  /** From the start of the process. */
  readonly readyMs: number;
  /** Steps of it, by name. */
  readonly steps: Readonly<Record<string, number>>;
  /** Processes of its own, by name. */
  readonly pids: Readonly<Record<string, number>>;
}

/** What a contender opens. */
export interface Setting {
  readonly profile: Profile;
  /** Paths of the published graphs, for peers: `encoder` and `decoder`. */
  readonly graphs?: Readonly<Record<string, string>>;
  /** The lane to open, for a contender that is one lane. */
  readonly lane?: LaneName;
}

export type Request =
  { readonly type: 'open'; readonly setting: Setting } | { readonly type: 'read'; readonly order: Order };

export type Answer =
  | { readonly type: 'ready'; readonly ready: Ready }
  | { readonly type: 'reading'; readonly reading: Reading }
  | { readonly type: 'failed'; readonly message: string };
