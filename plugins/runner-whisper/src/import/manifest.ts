// What the plugin's manifest says of its importer.

import type { ImporterManifest } from '@voiceinput/plugin-api';

export const importer: ImporterManifest = {
  expects:
    'a Whisper model as a Hugging Face folder (model.safetensors), a ggml file of whisper.cpp or a CTranslate2 folder',
  version: 1,
  open: async () => (await import('./importer.ts')).importer,
};
