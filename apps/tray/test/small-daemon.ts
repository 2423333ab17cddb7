// What the daemon says to the tray in tests, unless a test has it say something else.

import type { HistoryEntry, MethodName, Model, Recording, Status } from '@voiceinput/client';
import { idleStatus, playDaemon } from '@voiceinput/rig/daemon';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type { Answers, NotedRequest, ScriptedDaemon } from '@voiceinput/rig/daemon';

export interface SmallDaemon extends Pick<ScriptedDaemon, 'tell' | 'hangUp' | 'close'> {
  /** The requests that clients made of their own accord, in order. */
  readonly asked: readonly NotedRequest[];
  /** What it answers; changed by tests. */
  readonly says: Says;
}

export interface Says {
  status: Status;
  entries: HistoryEntry[];
  models: Model[];
  undone: { readonly kind: 'applied' | 'refused' }[];
}

const idle: Status = {
  ...idleStatus,
  profiles: ['default', 'quick'],
  source: { use: 'source-microphone', options: { preRollMs: 300 } },
  key: { name: 'Control_R' },
  settingsFile: '/nonexistent/voiceinput/config.json',
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
  const startedAt = new Date().toISOString();
  const large = { ...small, id: 'moonshine-base-en', title: 'Moonshine Base', bytes: 98_000_000 };
  const says: Says = {
    status: { ...idle, startedAt },
    entries: [entry],
    models: [small, { ...large, state: 'absent' }],
    undone: [{ kind: 'applied' }],
  };
  const recording: Recording = { sessionId: 'a', mode: 'toggle', startedAt };

  const record = (now: Recording | undefined): Recording => {
    const { recording: _before, ...rest } = says.status;
    says.status = { ...rest, ...(now && { recording: now }) };
    daemon.tell({ type: 'state', ...(now && { recording: now }) });
    return recording;
  };
  const answers: Answers = {
    status: () => ({ ...says.status, seq: daemon.seq }),
    start: () => record(recording),
    stop: () => ({ sessionId: record(undefined).sessionId }),
    cancel: () => ({ sessionId: record(undefined).sessionId }),
    toggle: () => ({ recording: record(says.status.recording === undefined ? recording : undefined) }),
    set(change: Partial<Status>) {
      says.status = { ...says.status, ...change };
      const { profile, hybrid } = says.status;
      daemon.tell({ type: 'settings', profile, hybrid });
      return { ...says.status, seq: daemon.seq };
    },
    'settings/begin'() {
      throw new VoiceInputError('ERR_STORAGE', '/nonexistent/voiceinput/config.json cannot be written.');
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
        { what: 'desktop', state: 'limited', detail: 'the keyboard has no key "F24"', fix: 'Set dictation.key to F9' },
      ],
    }),
    quit() {
      setTimeout(() => void daemon.close(), 20);
      return {};
    },
  };
  const daemon = await playDaemon({ folder, answers, command: [process.execPath, '-e', ''] });
  return {
    says,
    get asked() {
      return daemon.asked.filter(({ method }) => !QUIET.has(method));
    },
    tell: (event) => daemon.tell(event),
    hangUp: () => daemon.hangUp(),
    close: () => daemon.close(),
  };
}
