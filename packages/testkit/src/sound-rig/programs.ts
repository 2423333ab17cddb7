// Decides which programs the rig needs and which package brings each.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** By program: the package of Debian and Ubuntu that has it. */
const packages: Readonly<Record<string, string>> = {
  pulseaudio: 'pulseaudio',
  pactl: 'pulseaudio-utils',
  pacat: 'pulseaudio-utils',
  paplay: 'pulseaudio-utils',
  parecord: 'pulseaudio-utils',
  arecord: 'alsa-utils',
  sox: 'sox',
};

/**
 * Why a test that needs the rig (and `more` programs of `parecord`, `arecord`, `sox`) cannot run here, as a sentence
 * for its skip; `undefined` when it can.
 */
export function missingForSoundRig(...more: readonly ('parecord' | 'arecord' | 'sox')[]): string | undefined {
  if (process.platform !== 'linux') return 'The virtual microphone needs Linux.';
  const missing = ['pulseaudio', 'pactl', 'pacat', 'paplay', ...more].filter((program) => !isInstalled(program));
  if (missing.length === 0) return undefined;
  const names = [...new Set(missing.map((program) => packages[program]))].join(' ');
  return `Install ${names} (apt-get) for a virtual microphone.`;
}

function isInstalled(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      // Not in this folder; the next one may have it.
      return false;
    }
  });
}
