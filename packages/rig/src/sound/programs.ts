// Which programs the rig needs.

import { missingPrograms } from '../programs.ts';

/**
 * Why a test that needs the rig (and `more` programs of `parecord`, `arecord`, `sox`) cannot run here, as a sentence
 * for its skip; absent when it can.
 */
export function missingForSoundRig(...more: readonly ('parecord' | 'arecord' | 'sox')[]): string | undefined {
  if (process.platform !== 'linux') return 'The virtual microphone needs Linux.';
  return missingPrograms('pulseaudio', 'pactl', 'pacat', 'paplay', ...more);
}
