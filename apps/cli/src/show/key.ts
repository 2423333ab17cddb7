// How people are told what to do with the key.

import type { Mode } from '@voiceinput/client';
import { sentencesFor } from '../messages/messages.ts';

/** `name`: empty when no key is set. */
export function howToDictate(name: string, mode: Mode): string {
  const say = sentencesFor();
  if (name === '') return say.noKeySet;
  const how = { hold: say.howHold, toggle: say.howToggle, 'hands-free': say.howHandsFree };
  return how[mode](name);
}
