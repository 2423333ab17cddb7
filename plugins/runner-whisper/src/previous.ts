// What Whisper is told before it reads: words of the user, and the text before; and whether it only says that again.

import type { Hint } from '@voiceinput/plugin-api';

/** So much of the text before the clip. More makes Whisper repeat it. */
const PRECEDING_CHARACTERS = 200;

/** As Whisper takes it: a text that came before. Empty without any. */
export function previousText({ words = [], precedingText = '' }: Pick<Hint, 'words' | 'precedingText'>): string {
  const before = precedingText.slice(-PRECEDING_CHARACTERS).trim();
  const glossary = words.length === 0 ? '' : `${words.join(', ')}.`;
  const text = [glossary, before].filter((part) => part !== '').join(' ');
  return text === '' ? '' : ` ${text}`;
}

/** So many words in a row that were there before are no accident. */
const REPEATED_WORDS = 4;

/** Whether a text says again what it was given, as Whisper does where it hears nothing: all of it, or a long run of words. */
export function repeatsPrevious(text: string, hint: Pick<Hint, 'words' | 'precedingText'>): boolean {
  const said = wordsIn(text);
  const given = ` ${wordsIn(previousText(hint)).join(' ')} `;
  if (said.length === 0) return false;
  if (given.includes(` ${said.join(' ')} `)) return true;
  for (let from = 0; from + REPEATED_WORDS <= said.length; from++) {
    if (given.includes(` ${said.slice(from, from + REPEATED_WORDS).join(' ')} `)) return true;
  }
  return false;
}

const wordsIn = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
