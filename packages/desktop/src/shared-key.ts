// What is said of a key that another program keeps for itself.

import { VoiceInputError } from '@voiceinput/plugin-api';

/** The trouble of a key that triggers, but reaches windows too. */
export function sharedKey(name: string): VoiceInputError {
  return new VoiceInputError(
    'ERR_DESKTOP',
    `Another program uses the key ${name} too: dictation works, but windows receive the key as well.`,
    {
      hint: `Take ${name} from the shortcuts of the desktop or that program, or set dictation.key to another key.`,
    },
  );
}
