// What answers the tray in tests: a daemon that has no engine, notes every request and says what it is told to say.

import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { methods, openConnection, writeDaemonInfo } from '@voiceinput/client';
import type { DaemonEvent, HistoryEntry, MethodName, Model, Recording, Status, Connection } from '@voiceinput/client';

export interface SmallDaemon {
  /** The requests that doors made of their own accord, in order. */
  readonly asked: readonly { readonly method: string; readonly params: unknown }[];
  /** What it answers; changed by tests. */
  readonly says: Says;
  tell(event: { readonly type: string; readonly [key: string]: unknown }): void;
  /** Ends the connections and listens on. */
  hangUp(): void;
  /** Ends as a crash would. */
  close(): Promise<void>;
}

export interface Says {
  status: Status;
  entries: HistoryEntry[];
  models: Model[];
  undone: { readonly kind: 'applied' | 'refused' }[];
}

export const idle: Status = {
  version: '0.1.0',
  pid: 1,
  startedAt: '2026-11-21T06:00:00.000Z',
  state: 'idle',
  transcribing: [],
  profile: 'default',
  profiles: ['default', 'quick'],
  hybrid: true,
  fingerprint: '',
  source: { use: 'source-microphone', options: { preRollMs: 300 } },
  sink: { use: 'sink-desktop', options: {} },
  mode: 'hold',
  key: { name: 'Control_R' },
  processes: [],
  settingsFiles: [],
  settingsFile: '/nonexistent/voiceinput/config.json',
  seq: 0,
};

export const entry: HistoryEntry = {
  id: '20261121-031502-ab12',
  startedAt: '2026-11-21T03:15:02.000Z',
  endedAt: '2026-11-21T03:15:09.000Z',
  mode: 'hold',
  label: 'microphone',
  profile: 'default',
  outcome: 'done',
  draft: 'um so i think we should meet on wednesday',
  text: 'I think we should meet on Wednesday.',
  edits: [],
  audioMs: 4200,
  hasAudio: true,
};

const small: Model = {
  id: 'moonshine-tiny-en',
  title: 'Moonshine Tiny',
  kind: 'runner',
  languages: ['en'],
  license: 'MIT',
  bytes: 42_000_000,
  state: 'ready',
};

const QUIET: ReadonlySet<string> = new Set<MethodName>(['hello', 'status', 'watch']);

export async function startSmallDaemon(folder: string): Promise<SmallDaemon> {
  const { socket: path } = await writeDaemonInfo(folder, [process.execPath, '-e', '']);
  const startedAt = new Date().toISOString();
  const large = { ...small, id: 'moonshine-base-en', title: 'Moonshine Base', bytes: 98_000_000 };
  const says: Says = {
    status: { ...idle, startedAt },
    entries: [entry],
    models: [small, { ...large, state: 'absent' }],
    undone: [{ kind: 'applied' }],
  };
  const asked: { method: string; params: unknown }[] = [];
  const connections = new Set<Connection>();
  const watching = new Set<Connection>();
  const kept: DaemonEvent[] = [];
  let seq = 0;
  const recording: Recording = { sessionId: 'a', mode: 'toggle', startedAt };

  const tell: SmallDaemon['tell'] = (event) => {
    seq += 1;
    const told = { ...event, seq, at: '' };
    kept.push(told);
    for (const connection of watching) connection.notify('event', told);
  };
  const record = (now: Recording | undefined): Recording => {
    const { recording: _before, ...rest } = says.status;
    says.status = { ...rest, ...(now && { recording: now }) };
    tell({ type: 'state', ...(now && { recording: now }) });
    return recording;
  };
  const answers: { readonly [M in MethodName]?: (params: never) => object } = {
    hello: () => ({ version: '0.1.0', pid: process.pid }),
    status: () => ({ ...says.status, seq }),
    start: () => record(recording),
    stop: () => ({ sessionId: record(undefined).sessionId }),
    cancel: () => ({ sessionId: record(undefined).sessionId }),
    toggle: () => ({ recording: record(says.status.recording === undefined ? recording : undefined) }),
    set(change: Partial<Status>) {
      says.status = { ...says.status, ...change };
      const { profile, hybrid } = says.status;
      tell({ type: 'settings', profile, hybrid });
      return { ...says.status, seq };
    },
    undo: () => ({ sessionId: entry.id, edits: says.undone }),
    paste: () => ({ sessionId: 'b', edit: { kind: 'applied', proof: 'verified' } }),
    'history/list': () => ({ entries: says.entries }),
    'history/copy': () => ({}),
    microphones: () => ({ devices: [{ id: 'usb', name: 'USB Microphone', standard: true }] }),
    'models/list': () => ({ models: says.models }),
    'models/pull': () => ({}),
    'commands/list': () => ({
      commands: [
        { plugin: 'post-replacements', id: 'reload', title: 'Reload replacements', arguments: { type: 'object' } },
        { plugin: 'post-x', id: 'add', title: 'Add a word', arguments: { type: 'object', required: ['word'] } },
      ],
    }),
    'commands/run': () => ({ text: '12 replacements are in force.' }),
    doctor: () => ({
      findings: [
        { what: 'microphone', state: 'works', detail: 'USB Microphone' },
        { what: 'desktop', state: 'limited', detail: 'the keyboard has no key "F24"', mend: 'Set dictation.key to F9' },
      ],
    }),
    quit() {
      setTimeout(() => void close(), 20);
      return {};
    },
  };

  const server: Server = createServer((socket) => {
    const connection = openConnection(socket);
    connections.add(connection);
    void connection.ended.then(() => (watching.delete(connection), connections.delete(connection)));
    for (const [method, answer] of Object.entries(answers))
      connection.onRequest(method, methods[method as MethodName].params, async (params: unknown) => {
        if (!QUIET.has(method)) asked.push({ method, params });
        return answer(params as never);
      });
    connection.onRequest('watch', methods.watch.params, async ({ after = seq }) => {
      watching.add(connection);
      for (const event of kept) if (event.seq > after) connection.notify('event', event);
      return { seq };
    });
    connection.begin();
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const hangUp = (): void => {
    for (const connection of connections) connection.close();
  };
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> =>
    (closing ??= new Promise((resolve) => {
      server.close(() => resolve());
      hangUp();
    }));
  return { asked, says, tell, hangUp, close };
}
