// Who hears of dictations as they go: ears, by a sound, and programs of the configuration.

import type { DictationSettings } from '@voiceinput/engine';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import { openCues } from '../../cues/cues.ts';
import type { Cue } from '../../cues/cues.ts';
import { createHooks } from '../../hooks/hooks.ts';
import type { Broadcast } from '../answer/broadcast.ts';
import type { Dictations } from './dictations.ts';

export interface ListenersPort {
  readonly dictations: Dictations;
  readonly broadcast: Broadcast;
  settings(): DictationSettings;
  warn(error: VoiceInputError): void;
}

/** Plays sounds and runs the hooks of the configuration for live dictations, until `close`. */
export async function openListeners({ dictations, broadcast, settings, warn }: ListenersPort): Promise<{
  close(): Promise<void>;
}> {
  const cues = await openCues((message) => broadcast.emit({ type: 'log', from: 'cues', message }));
  const hooks = createHooks({
    commandFor: (stage) => (stage === 'draft' ? settings().onDraft : settings().onRefined),
    warn,
  });

  broadcast.listen(({ type, sessionId, segmentId, stage, text }) => {
    if (!dictations.isLive(sessionId)) return;
    const cue = cueFor[type];
    if (cue !== undefined && settings().cues) cues.play(cue);
    // What is dictated into a password field has no text here.
    if (type !== 'text' || typeof text !== 'string') return;
    // A polished text is the refined one, better.
    const told = stage === 'polished' ? 'refined' : stage;
    if (told !== 'draft' && told !== 'refined') return;
    hooks.tell({ stage: told, sessionId: String(sessionId), segmentId: String(segmentId), text });
  });
  return { close: () => hooks.close() };
}

const cueFor: Readonly<Record<string, Cue>> = { 'audio-started': 'listening', released: 'stopped' };
