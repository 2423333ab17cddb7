// How files are transcribed: one after the other, by the daemon, into text that grows here.

import { applyChanges, isVoiceInputError, samplesToMs } from '@voiceinput/plugin-api';
import type { SessionResult } from '@voiceinput/plugin-api';
import type { Client } from '@voiceinput/client';
import { randomUUID } from 'node:crypto';
import { useEffect, useState } from 'react';
import { useDaemon } from '../daemon/use-daemon.ts';
import type { Daemon } from '../daemon/use-daemon.ts';
import { attempt } from '../show/attempt.ts';

export interface Transcription {
  readonly path: string;
  readonly state: 'waiting' | 'reading' | 'over';
  /** Its call at the daemon. */
  readonly callId: string;
  readonly text: string;
  /** How much of the recording was heard. */
  readonly heardMs: number;
  readonly result?: SessionResult;
}

export interface Transcriptions {
  readonly daemon: Daemon;
  readonly transcriptions: readonly Transcription[];
}

export function useTranscriptions(files: readonly string[]): Transcriptions {
  const [transcriptions, set] = useState<readonly Transcription[]>(() => files.map(waiting));
  const change = (callId: string, changes: Partial<Transcription>): void =>
    set((before) => before.map((one) => (one.callId === callId ? { ...one, ...changes } : one)));

  const daemon = useDaemon({
    heard({ type, sessionId, sample }) {
      if (type === 'progress') change(String(sessionId), { heardMs: samplesToMs(Number(sample)) });
    },
  });

  const { client } = daemon;
  useEffect(() => {
    if (client === undefined) return undefined;
    const closing = new AbortController();
    const work = async (): Promise<void> => {
      for (const { path, callId, result } of transcriptions) {
        if (result !== undefined || closing.signal.aborted) continue;
        change(callId, { state: 'reading', text: '', heardMs: 0 });
        const done = await transcribe(
          client,
          { path, callId, grown: (text) => change(callId, { text }) },
          closing.signal,
        );
        change(callId, { state: 'over', text: done.text, heardMs: samplesToMs(done.audioSamples), result: done });
      }
    };
    // A daemon that was lost is followed until it is back; then the files that are not done are read anew.
    void attempt('Could not transcribe', () => work().catch(unlessLost));
    return () => closing.abort();
  }, [client]);

  return { daemon, transcriptions };
}

const waiting = (path: string): Transcription => ({
  path,
  state: 'waiting',
  callId: `raycast-${randomUUID()}`,
  text: '',
  heardMs: 0,
});

interface Reading {
  readonly path: string;
  readonly callId: string;
  grown(text: string): void;
}

function transcribe(client: Client, { path, callId, grown }: Reading, signal: AbortSignal): Promise<SessionResult> {
  let text = '';
  const sink = {
    begin: async () => ({}),
    async apply({ changes }: Parameters<Parameters<Client['transcribe']>[0]['sink']['apply']>[0]) {
      text = applyChanges(text, changes);
      grown(text);
      return { kind: 'applied', proof: 'verified' } as const;
    },
    end: async () => undefined,
  };
  const source = { use: 'source-file', options: { path } };
  return client.transcribe({ callId, label: path, source, sink, partials: true }, signal);
}

function unlessLost(error: unknown): void {
  if (!isVoiceInputError(error) || error.code !== 'ERR_DAEMON_LOST') throw error;
}
