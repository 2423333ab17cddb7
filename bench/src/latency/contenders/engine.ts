// How VoiceInput itself competes: the whole engine, from the file to the last edit.

import { createEngine } from '@voiceinput/engine';
import { openModelStore } from '@voiceinput/models';
import { pluginsOf } from '../../voiceinput/profile.ts';
import type { Order, Reading } from './protocol.ts';
import { quietSink } from './quiet-sink.ts';
import { serve } from './serve.ts';

serve(async ({ profile }) => {
  const { signal } = new AbortController();
  const pids: Record<string, number> = {};
  const steps: Record<string, number> = { 'modules loaded': performance.now() };
  const plugins = [...(await pluginsOf(profile, signal)), { plugin: quietSink, url: import.meta.url }];
  const engine = createEngine({ profile, plugins, models: openModelStore({ plugins }) });
  engine.watch((event) => {
    if (event.type !== 'lane-ready') return;
    steps[`${event.lane} lane: process and model`] = event.startMs;
    pids[event.lane] = event.pid;
    steps[`${event.lane} lane ready`] = performance.now();
  });
  await engine.ready(signal);
  steps['engine ready'] = performance.now();

  async function read(order: Order): Promise<Reading> {
    if (!('path' in order)) throw new Error('the engine reads files');
    const source = { use: 'source-file', options: { path: order.path, realtime: order.realtime } };
    const sink = { use: quietSink.id, options: {} };
    const { text, draftMs, refinedMs, segments, error } = await engine.dictate(
      { label: order.path, source, sink },
      signal,
    );
    if (error !== undefined) throw error;
    const [first, last] = [segments[0], segments.at(-1)];
    return {
      text,
      ms: { ...(draftMs !== undefined && { draft: draftMs }), ...(refinedMs !== undefined && { refined: refinedMs }) },
      ...(first && last && { speech: { startSample: first.startSample, endSample: last.endSample } }),
    };
  }

  return { steps, pids, read };
});
