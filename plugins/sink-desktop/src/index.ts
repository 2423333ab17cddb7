// What the plugin is: text in the focused field of any application, mended in place.

import { definePlugin } from '@voiceinput/plugin-api';
import { optionsSchema } from './options.ts';
import { reasons } from './reasons.ts';
import type { DesktopOptions } from './options.ts';

export type { Offer } from '@voiceinput/field';
export type { AppOptions, DesktopOptions, Tier, Way } from './options.ts';
export type { DesktopSink } from './sink.ts';

export default definePlugin<'sink', DesktopOptions>({
  id: 'sink-desktop',
  kind: 'sink',
  api: 1,
  title: 'Types into the focused field of any application',
  capabilities: { partials: false, lasting: true, needs: ['display'], reasons },
  config: optionsSchema,
  async create(options, context, signal) {
    signal.throwIfAborted();
    const { openDesktopSink } = await import('./open.ts');
    return openDesktopSink(options, context, signal);
  },
});
