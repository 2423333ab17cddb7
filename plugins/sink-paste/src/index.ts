// What the plugin is: text pasted into whatever has the focus, where windows and fields cannot be asked.

import { definePlugin } from '@voiceinput/plugin-api';
import { optionsSchema } from './options.ts';
import { reasons } from './reasons.ts';
import type { PasteOptions } from './options.ts';

export type { PasteOptions, Tier } from './options.ts';
export type { PasteSink } from './sink.ts';

export default definePlugin<'sink', PasteOptions>({
  id: 'sink-paste',
  kind: 'sink',
  api: 1,
  title: 'Pastes into the focused field of any application',
  capabilities: { partials: false, lasting: true, needs: ['keyboard', 'clipboard'], reasons },
  config: optionsSchema,
  async create(options, _context, signal) {
    const { openPortableDesktop } = await import('@voiceinput/desktop/portable');
    const { pasteSink } = await import('./sink.ts');
    return pasteSink(await openPortableDesktop(signal), options);
  },
});
