// How one lane competes on samples as the engine hosts it: in its own process, with its priority, hints left out.

import type { Descriptor, Profile } from '@voiceinput/engine';
import { createEngine } from '@voiceinput/engine';
import { openModelStore } from '@voiceinput/models';
import type { LaneName } from '@voiceinput/plugin-api';
import { inHand, oneClipParts, oneClipSource, oneClipVad } from '../../lanes/one-clip.ts';
import runnerUnsure from '../../lanes/runner-unsure.ts';
import { pluginsOf } from '../../voiceinput/profile.ts';
import type { Order, Reading } from './protocol.ts';
import { quietSink } from './quiet-sink.ts';
import { serve } from './serve.ts';

const unsure: Descriptor = { plugin: runnerUnsure, url: import.meta.resolve('../../lanes/runner-unsure.js') };

serve(async ({ profile, lane = 'fast' }) => {
  const { signal } = new AbortController();
  const plugins = [
    ...(await pluginsOf(profile, signal)),
    ...oneClipParts,
    unsure,
    { plugin: quietSink, url: import.meta.url },
  ];
  const engine = createEngine({ profile: onlyLane(lane, profile), plugins, models: openModelStore({ plugins }) });
  let startedAtMs = 0;
  let ranMs = 0;
  engine.watch((event) => {
    if (event.type !== 'run-started' && event.type !== 'run-ended') return;
    if (event.lane !== lane) return;
    if (event.type === 'run-started') startedAtMs = event.atMs;
    else ranMs += event.atMs - startedAtMs;
  });
  await engine.ready(signal);

  async function read(order: Order): Promise<Reading> {
    if (!('samples' in order)) throw new Error('a lane reads samples');
    inHand.samples = order.samples;
    ranMs = 0;
    const sink = { use: quietSink.id, options: {} };
    const { text, error } = await engine.dictate({ label: 'clip', source: oneClipSource, sink }, signal);
    if (error !== undefined) throw error;
    return { text, ms: { run: ranMs } };
  }

  return { read };
});

/** The refine lane reads everything again, after a draft that costs nothing. */
function onlyLane(lane: LaneName, profile: Profile): Profile {
  const bare = { ...profile, vad: oneClipVad, post: [] };
  if (lane === 'fast') return { ...bare, hybrid: false };
  return { ...bare, hybrid: true, fast: { use: runnerUnsure.id, options: {} } };
}
