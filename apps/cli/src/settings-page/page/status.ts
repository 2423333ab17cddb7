// The line that tells, and is read aloud, what has just happened.

import { byId } from './dom.ts';

/** Says it; what is wrong stays until something else is said. */
export function say(sentence: string, isWrong = false): void {
  const status = byId('status');
  status.classList.toggle('wrong', isWrong);
  status.textContent = sentence;
}
