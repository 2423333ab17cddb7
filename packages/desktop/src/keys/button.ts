// Which buttons of a mouse can be a key: those that neither click nor scroll.

import { VoiceInputError } from '@voiceinput/plugin-api';

/** Left, right, and the four that a wheel has. */
const NEEDED: readonly number[] = [1, 3, 4, 5, 6, 7];
const MOST = 32;

/** The number of the button that `name` is, such as `Mouse8`; absent when it names none. Throws `ERR_DESKTOP` for one that windows need. */
export function buttonOf(name: string): number | undefined {
  const digits = /^(?:mouse|button)(?<digits>\d{1,2})$/i.exec(name.trim())?.groups?.['digits'];
  if (digits === undefined) return undefined;
  const button = Number(digits);
  if (button >= 1 && button <= MOST && !NEEDED.includes(button)) return button;
  throw new VoiceInputError('ERR_DESKTOP', `"${name}" is a button that windows need, or that no mouse has.`, {
    hint: 'Take Mouse8 or Mouse9, the buttons at the side, or Mouse2, the one in the middle.',
  });
}
