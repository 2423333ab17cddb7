// What a session needs of the rest of the engine.

import type { Judge, PluginKind, Postprocessor, Sink, Source, Vad } from '@voiceinput/plugin-api';
import type { Descriptor } from '../admit/load.ts';
import type { Profile } from '../configure/profile.ts';
import type { Lane } from '../schedule/lane.ts';
import type { Turn } from '../deliver/order.ts';
import type { Trace } from '../trace/trace.ts';

/** An open part with the plugin that made it. */
export interface OpenPart<K extends PluginKind, P> {
  readonly plugin: Descriptor<K>['plugin'];
  readonly part: P;
}

/** Whether a plugin's part outlives a session. */
export function isLasting({ plugin }: Pick<OpenPart<PluginKind, unknown>, 'plugin'>): boolean {
  return 'lasting' in plugin.capabilities && (plugin.capabilities.lasting ?? false);
}

/** A lane that reads these languages, BCP 47. */
export interface LanguageLane {
  readonly languages: readonly string[];
  readonly lane: Lane;
}

export interface SessionPorts {
  readonly profile: Profile;
  readonly trace: Trace;
  readonly fast: Lane;
  /** Absent without hybrid. */
  readonly refine?: Lane;
  /** By the language of a draft, before `refine`. */
  readonly refineFor?: readonly LanguageLane[];
  readonly vad: () => Promise<OpenPart<'vad', Vad>>;
  /** Gives nothing for a profile without one. */
  readonly judge: () => Promise<OpenPart<'judge', Judge> | undefined>;
  readonly postprocessors: () => Promise<readonly OpenPart<'postprocessor', Postprocessor>[]>;
}

export interface SessionRequest {
  readonly source: () => Promise<OpenPart<'source', Source>>;
  readonly sink: () => Promise<OpenPart<'sink', Sink>>;
  /** Aborted when the user releases the key. Absent: the source ends the dictation. */
  readonly released?: AbortSignal | undefined;
  /** Ends the dictation when nothing was said for so long. */
  readonly silenceMs?: number | undefined;
  /** Where the audio is kept while it comes. */
  readonly journal?: string | undefined;
  /** Whether other dictations are read first. */
  readonly background: boolean;
  /** Aborted when the user takes the dictation back. */
  readonly cancelled: AbortSignal;
  /** Aborted when the engine closes. */
  readonly closing: AbortSignal;
  /** When it is this dictation's turn to write, and whom it tells that all its drafts stand. */
  readonly turn: Turn;
}
