// How the fast lane competes on samples alone: its runner, with its options, without engine and voice detector.

import { openModelStore } from '@voiceinput/models';
import type { Plugin } from '@voiceinput/plugin-api';
import { pluginsOf } from '../../voiceinput/profile.ts';
import { serve } from './serve.ts';

serve(async ({ profile }) => {
  const { signal } = new AbortController();
  const { use, options } = profile.fast;
  const plugins = await pluginsOf(profile, signal);
  const plugin = plugins.map(({ plugin }) => plugin).find(({ id }) => id === use) as Plugin<'runner', unknown>;
  const runner = await plugin.create(
    options,
    {
      pluginId: use,
      models: openModelStore({ plugins }),
      prepare: <T>(work: () => Promise<T>) => work(),
      log: () => undefined,
      warn: () => undefined,
    },
    signal,
  );
  return {
    async read(order) {
      if (!('samples' in order)) throw new Error('the lane reads samples');
      const startedAtMs = performance.now();
      const { text } = await runner.run({ samples: order.samples, startSample: 0 }, {}, signal);
      return { text, ms: { text: performance.now() - startedAtMs } };
    },
  };
});
