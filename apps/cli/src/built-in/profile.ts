// How VoiceInput dictates when nothing is configured. The figures come from `pnpm bench accuracy`.

import type { BuiltInProfile } from '@voiceinput/engine';

export const builtInProfile: BuiltInProfile = {
  hybrid: true,
  words: [],
  vad: { use: 'vad-silero', options: {} },
  fast: { use: 'runner-moonshine', options: { int8Encoder: false } },
  refine: { use: 'runner-moonshine', options: { passes: 2, beams: 3, int8Encoder: false } },
  post: [],
  replacing: 'post-replacements',
  lanes: {},
  segments: {},
};
