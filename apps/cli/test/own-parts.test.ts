// The daemon's own sinks and sources keep the promises that plugins make.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from '@voiceinput/client';
import type { DictationRequest, Engine } from '@voiceinput/engine';
import type { Plugin } from '@voiceinput/plugin-api';
import { conformance, never, speechLike, wavOf } from '@voiceinput/testkit';
import { describe, test } from 'vitest';
import sinkNowhere from '../src/built-in/sink-nowhere.ts';
import { createReading } from '../src/http/reading.ts';
import { createRemoteSinks } from '../src/serve/answer/remote-sink.ts';
import stageLines from '../src/show/stage-lines.ts';
import { ownFolder } from './voiceinput/scene.ts';

/** An engine whose dictations go on for ever; tells what it is asked. */
function endlessEngine(asked: (request: DictationRequest) => void): Engine {
  const dictate: Engine['dictate'] = (request) => {
    asked(request);
    return new Promise(() => undefined);
  };
  return { dictate } as Engine;
}

/** Opens a dictation over the connection of a client that answers everything. */
function remoteSinks(partials: boolean) {
  const sinks = createRemoteSinks();
  const answers: Record<string, object> = {
    'sink/begin': {},
    'sink/apply': { kind: 'applied', proof: 'unverified' },
    'sink/end': {},
  };
  const works = new Map<string, (params: never) => Promise<object>>();
  const connection = {
    ended: new Promise(() => undefined),
    onRequest: (method: string, _schema: unknown, work: (params: never) => Promise<object>) =>
      void works.set(method, work),
    request: async (method: string) => answers[method],
  };
  sinks.serve(connection as unknown as Connection, () => endlessEngine(() => undefined));
  void works.get('transcribe')?.({ callId: 'call', label: 'a', source: {}, partials } as never);
  return sinks.plugins.map(({ plugin }) => plugin);
}

/** What an upload is heard from, and what its answer is written by; each knows its request. */
function uploadParts() {
  const path = join(ownFolder(), 'upload.wav');
  writeFileSync(path, wavOf(speechLike(16_000)));
  const reading = createReading();
  let callId = '';
  const engine = endlessEngine(({ sessionId = '' }) => (callId = sessionId));
  const request = { path, label: 'upload.wav', words: [], drafted: () => undefined, quiet: async () => undefined };
  void reading.read(engine, request, never);
  const [source, sink] = reading.plugins.map(({ plugin }) => plugin);
  return { source: source as Plugin<'source'>, sink: sink as Plugin<'sink'>, config: { callId } };
}

const upload = uploadParts();
const [remote, remoteLive] = [remoteSinks(false)[0]!, remoteSinks(true)[1]!];
const suites = {
  'the sink of what goes into the history only': conformance(sinkNowhere, {}),
  'the sink of the demo': conformance(stageLines, {}),
  'the sink of an HTTP answer': conformance(upload.sink, { config: upload.config }),
  'the source of an upload': conformance(upload.source, { config: upload.config }),
  'the sink of a client': conformance(remote, { config: { callId: 'call' } }),
  'the sink of a client that shows partials': conformance(remoteLive, { config: { callId: 'call' } }),
};

describe.each(Object.entries(suites))('%s is one', (_, checks) => {
  for (const { name, run } of checks) test(name, run);
});
