// Which plugins the examples use, and how: all that the command line has built in, written out.

import { defaultSegments, loadPlugin } from '@voiceinput/engine';
import type { Profile } from '@voiceinput/engine';

const packages = [
  '@voiceinput/source-file',
  '@voiceinput/vad-silero',
  '@voiceinput/runner-moonshine',
  '@voiceinput/sink-subtitles',
];

/** The plugins, from where the examples have them installed. */
export const plugins = await Promise.all(
  packages.map((name) => loadPlugin(name, [import.meta.dirname], new AbortController().signal)),
);

export const profile: Profile = {
  name: 'examples',
  hybrid: true,
  words: [],
  vad: { use: 'vad-silero', options: {} },
  fast: { use: 'runner-moonshine', options: {} },
  refine: { use: 'runner-moonshine', options: { passes: 3 } },
  post: [],
  lanes: {},
  segments: defaultSegments,
};
