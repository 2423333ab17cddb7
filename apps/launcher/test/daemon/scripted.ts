// How a test plays the daemon itself, where it has to say what a real one says only with a network.

import { createServer } from 'node:net';
import { methods, runtimeFolder, openConnection, writeDaemonInfo } from '@voiceinput/client';
import type { Model, Status, Connection } from '@voiceinput/client';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import { afterAll } from 'vitest';

export interface ScriptedDaemon {
  /** Tells every door that watches. */
  tell(event: Readonly<Record<string, unknown>>): void;
  /** What doors are told when they ask for the models. */
  models: readonly Model[];
  /** Lets the pull of the first model, which is waited for, end or fail. */
  pulled(failure?: VoiceInputError): void;
}

/** Listens where this user's daemon would. */
export async function playDaemon(models: readonly Model[]): Promise<ScriptedDaemon> {
  const info = await writeDaemonInfo(runtimeFolder(), []);
  const watching = new Set<Connection>();
  let seq = 0;
  let settle = (_failure?: VoiceInputError): void => undefined;
  const daemon: ScriptedDaemon = {
    tell(event) {
      seq += 1;
      for (const connection of watching) connection.notify('event', { seq, at: new Date().toISOString(), ...event });
    },
    models,
    pulled(failure) {
      daemon.tell({ type: 'model-ended', id: daemon.models[0]!.id });
      settle(failure);
    },
  };
  const server = createServer((socket) => {
    const connection = openConnection(socket);
    connection.onRequest('hello', methods.hello.params, async () => ({ version: '0.1.0', pid: process.pid }));
    connection.onRequest('status', methods.status.params, async () => status);
    connection.onRequest('models/list', methods['models/list'].params, async () => ({ models: daemon.models }));
    connection.onRequest('models/pull', methods['models/pull'].params, async () => {
      const failure = await new Promise<VoiceInputError | undefined>((resolve) => (settle = resolve));
      if (failure !== undefined) throw failure;
      return {};
    });
    connection.onRequest('watch', methods.watch.params, async () => {
      watching.add(connection);
      return { seq };
    });
    connection.begin();
  });
  await new Promise<void>((resolve) => server.listen(info.socket, resolve));
  afterAll(() => void server.close());
  return daemon;
}

const status: Status = {
  version: '0.1.0',
  pid: process.pid,
  startedAt: new Date(0).toISOString(),
  state: 'idle',
  transcribing: [],
  profile: 'default',
  profiles: ['default'],
  hybrid: true,
  fingerprint: '0',
  source: { use: 'source-file', options: {} },
  sink: { use: 'sink-nowhere', options: {} },
  mode: 'toggle',
  key: { name: '' },
  processes: [],
  settingsFiles: [],
  settingsFile: '/nowhere',
  seq: 0,
};
