// Decides which plugins come with VoiceInput.

import type { Descriptor } from '@voiceinput/engine';
import { checkManifest } from '@voiceinput/engine';

const packages = [
  '@voiceinput/source-file',
  '@voiceinput/vad-silero',
  '@voiceinput/runner-moonshine',
  '@voiceinput/post-replacements',
  '@voiceinput/sink-terminal',
  '@voiceinput/sink-json',
  '@voiceinput/sink-subtitles',
];

/** Imports the manifests; what is heavy in a plugin is imported when it is used. */
export function builtInPlugins(): Promise<Descriptor[]> {
  return Promise.all(
    packages.map(async (name) => {
      const url = import.meta.resolve(name);
      const module = (await import(url)) as Record<string, unknown>;
      return { plugin: checkManifest(module['default'], name), url };
    }),
  );
}
