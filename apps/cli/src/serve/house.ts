// What the answers to clients are made from: everything that the daemon consists of.

import type { MethodName, Params, Result, Status, Connection } from '@voiceinput/client';
import type { DictationSettings, PartChoice, Profile } from '@voiceinput/engine';
import type { Models } from '@voiceinput/models';
import type { History } from '../history/history.ts';
import type { Settings } from '../settings/settle.ts';
import type { Broadcast } from './broadcast.ts';
import type { Dictations } from './dictations.ts';
import type { Engines } from './engines.ts';
import type { RemoteSinks } from './remote-sink.ts';

export interface House {
  readonly version: string;
  readonly startedAt: Date;
  readonly engines: Engines;
  readonly history: History;
  readonly dictations: Dictations;
  readonly broadcast: Broadcast;
  readonly remoteSinks: RemoteSinks;
  readonly models: Models;
  /** What the daemon was started with. */
  readonly base: Settings;
  /** Whether the lanes are warm. */
  isReady(): boolean;
  settings(): DictationSettings;
  /** Later dictations listen to this source, until the daemon ends. */
  listenTo(source: PartChoice): void;
  /** Throws `ERR_PROFILE_UNKNOWN`. */
  profileNamed(name: string): Profile;
  /** The key that is held, and what is wrong with it. */
  key(): Status['key'];
  /** Where it answers HTTP, if it does. */
  http(): Status['http'];
  copy(text: string): Promise<void>;
  quit(): void;
}

export type Handlers = {
  readonly [M in MethodName]?: (params: Params<M>, connection: Connection) => Promise<Result<M>>;
};
