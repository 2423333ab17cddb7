// Whether what a sink needs is there where the daemon runs.

import type { SinkNeed } from '@voiceinput/plugin-api';
import { VoiceInputError } from '@voiceinput/plugin-api';

/** Why this is not there. Absent while it is, as far as can be known without opening the sink. */
export type NeedTrouble = (need: SinkNeed) => VoiceInputError | undefined;

/** `displayTrouble`: why there is no desktop. */
export function troubleOfNeeds(displayTrouble: () => VoiceInputError | undefined): NeedTrouble {
  const troubles: Readonly<Record<SinkNeed, () => VoiceInputError | undefined>> = {
    display: displayTrouble,
    keyboard: displayTrouble,
    clipboard: displayTrouble,
    accessibility: elsewhereThanOnLinux,
    'input-method': elsewhereThanOnLinux,
    terminal: noTerminal,
  };
  return (need) => troubles[need]();
}

function elsewhereThanOnLinux(): VoiceInputError | undefined {
  if (process.platform === 'linux') return undefined;
  const message = `Neither text fields nor input methods can be reached on ${process.platform}, only on Linux.`;
  return new VoiceInputError('ERR_DESKTOP', message, { hint: 'Choose another sink; voiceinput plugins lists them.' });
}

/** That only a command has a terminal. */
export function noTerminal(): VoiceInputError {
  return new VoiceInputError('ERR_CONFIG_INVALID', 'The daemon has no terminal to write to.', {
    hint: 'Choose another sink; voiceinput plugins lists them.',
  });
}
