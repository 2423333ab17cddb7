// Decides what a session needs of the rest of the engine.

import type { PluginKind, Postprocessor, Sink, Source, Vad } from '@voiceinput/plugin-api';
import type { Descriptor } from '../admit/load.ts';
import type { Profile } from '../configure/profile.ts';
import type { Lane } from '../schedule/lane.ts';
import type { Trace } from '../trace/trace.ts';

/** An open part with the plugin that made it. */
export interface Opened<K extends PluginKind, P> {
  readonly plugin: Descriptor<K>['plugin'];
  readonly part: P;
}

export interface SessionPorts {
  readonly profile: Profile;
  readonly trace: Trace;
  readonly fast: Lane;
  /** Absent without hybrid. */
  readonly refine?: Lane;
  readonly vad: () => Promise<Opened<'vad', Vad>>;
  readonly postprocessors: () => Promise<readonly Opened<'postprocessor', Postprocessor>[]>;
}

export interface SessionRequest {
  readonly source: () => Promise<Opened<'source', Source>>;
  readonly sink: () => Promise<Opened<'sink', Sink>>;
}
