// What the daemon says of itself: what it is doing, with what, and every event from now on.

import type { Status } from '@voiceinput/client';
import { profileNames } from '@voiceinput/engine/configure';
import type { EngineProcess, PartChoice } from '@voiceinput/engine';
import { fingerprintOf } from '../../settings/fingerprint.ts';
import { userConfigurationFile } from '../../settings/folders.ts';
import type { Dictations } from '../dictate/dictations.ts';
import type { Engines } from '../open/engines.ts';
import type { SettingsInForce } from '../open/settings-in-force.ts';
import type { Broadcast } from './broadcast.ts';
import type { Handlers } from './handlers.ts';

const QUIT_DELAY_MS = 50;
const MEASURED_FOR_MS = 1_000;

export interface StatusPort {
  readonly version: string;
  readonly startedAt: Date;
  readonly inForce: Pick<SettingsInForce, 'base' | 'dictation'>;
  readonly engines: Engines;
  readonly dictations: Pick<Dictations, 'recording' | 'transcribing'>;
  readonly broadcast: Pick<Broadcast, 'seq'>;
  /** Whether the lanes are warm. */
  isReady(): boolean;
  /** The key that is held, and what is wrong with it. */
  key(): Status['key'];
  /** Where HTTP is answered. Absent: nowhere. */
  http(): Status['http'];
  httpSocket(): Status['httpSocket'];
  /** What does not work as it should. */
  troubles(): NonNullable<Status['troubles']>;
}

/** What answers `status`. Memory is measured once a second at most: who asks in a loop holds up nobody else. */
export function createStatus(port: StatusPort): () => Promise<Status> {
  let measured: { readonly untilMs: number; readonly processes: Promise<readonly EngineProcess[]> } | undefined;
  return async () => {
    const nowMs = performance.now();
    if (measured === undefined || measured.untilMs < nowMs)
      measured = { untilMs: nowMs + MEASURED_FOR_MS, processes: port.engines.now.engine.processes() };
    return statusOf(port, await measured.processes);
  };
}

function statusOf(port: StatusPort, processes: readonly EngineProcess[]): Status {
  const { profile } = port.engines.now;
  const { configuration, plugins, files } = port.inForce.base;
  const { source, sink, mode } = port.inForce.dictation();
  const { recording, transcribing } = port.dictations;
  const http = port.http();
  const httpSocket = port.httpSocket();
  return {
    version: port.version,
    pid: process.pid,
    startedAt: port.startedAt.toISOString(),
    state: recording !== undefined ? 'recording' : port.isReady() ? 'idle' : 'opening',
    ...(recording && { recording }),
    transcribing: [...transcribing],
    profile: profile.name,
    profiles: profileNames(configuration),
    hybrid: profile.hybrid,
    lanes: { fast: laneOf(profile.fast), ...(profile.hybrid && { refine: laneOf(profile.refine) }) },
    fingerprint: fingerprintOf({ profile, plugins }),
    source: plain(source),
    sink: plain(sink),
    mode,
    key: port.key(),
    processes: [...processes],
    settingsFiles: [...files],
    settingsFile: userConfigurationFile(),
    ...(http && { http }),
    ...(httpSocket !== undefined && { httpSocket }),
    troubles: port.troubles(),
    seq: port.broadcast.seq,
  };
}

const laneOf = ({ use, options: { model } }: PartChoice) => ({ use, ...(typeof model === 'string' && { model }) });

const plain = ({ use, options }: PartChoice) => ({ use, options: { ...options } });

export interface LifePort {
  readonly broadcast: Broadcast;
  status(): Promise<Status>;
  quit(): void;
}

/** Answers `status`, `watch` and `quit`. */
export function lifeHandlers({ broadcast, status, quit }: LifePort) {
  return {
    status,
    async watch({ text = false, after }, connection) {
      const { seq } = broadcast;
      broadcast.watch(connection, { text, after });
      return { seq };
    },
    async quit() {
      // The answer goes out before.
      setTimeout(quit, QUIT_DELAY_MS);
      return {};
    },
  } satisfies Handlers;
}
