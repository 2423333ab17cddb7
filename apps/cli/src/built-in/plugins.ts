// Which plugins come with VoiceInput.

import type { Descriptor } from '@voiceinput/engine';
import { checkManifest } from '@voiceinput/engine/configure';
import sinkNowhere from './sink-nowhere.ts';

const packages = [
  '@voiceinput/source-file',
  '@voiceinput/source-microphone',
  '@voiceinput/vad-silero',
  '@voiceinput/runner-moonshine',
  '@voiceinput/runner-whisper',
  '@voiceinput/post-replacements',
  '@voiceinput/sink-clipboard',
  '@voiceinput/sink-exec',
  '@voiceinput/sink-desktop',
  '@voiceinput/sink-paste',
  '@voiceinput/sink-terminal',
  '@voiceinput/sink-json',
  '@voiceinput/sink-subtitles',
];

/** Imports the manifests; what is heavy in a plugin is imported when it is used. */
export async function builtInPlugins(): Promise<Descriptor[]> {
  const installed = await Promise.all(
    packages.map(async (name) => {
      const url = import.meta.resolve(name);
      const module = (await import(url)) as Record<string, unknown>;
      return { plugin: checkManifest(module['default'], name), url };
    }),
  );
  return [...installed, { plugin: sinkNowhere, url: import.meta.url }];
}
