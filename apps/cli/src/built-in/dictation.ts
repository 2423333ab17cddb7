// How the daemon dictates when nothing is configured.

import type { DictationSettings } from '@voiceinput/engine';
import { isPortable } from './platform.ts';

export const builtInDictation: DictationSettings = {
  mode: 'hold',
  tapToggles: false,
  // Keyboards of Macs have no right Control.
  key: process.platform === 'darwin' ? 'Alt_R' : 'Control_R',
  moreKeys: [],
  undoKey: 'Control+Alt+Z',
  pasteKey: '',
  source: { use: 'source-microphone', options: {} },
  sink: { use: isPortable ? 'sink-paste' : 'sink-desktop', options: {} },
  silenceMs: 2_500,
  longestMs: 1_800_000,
  cues: true,
  onDraft: [],
  onRefined: [],
  history: { keepText: true, keepAudio: true, textDays: 30, audioHours: 24, keepCorrected: false },
};
