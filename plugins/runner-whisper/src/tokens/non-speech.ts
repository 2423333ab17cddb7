// Which tokens are never said: marks, and symbols that stand for noises, speakers or music.

import type { Marks } from '../description/description.ts';
import type { Tokenizer } from './tokenizer.ts';

const SYMBOLS = [
  ...Array.from('"#()*+/:;<=>@[\\]^_`{|}~「」『』'),
  ...'<< >> <<< >>> -- --- -( -[ (\' (" (( )) ((( ))) [[ ]] {{ }} ♪♪ ♪♪♪'.split(' '),
];
/** Of these the first token is enough: the rest of their bytes is shared with other letters. */
const MUSIC = Array.from('♩♪♫♬♭♮♯');

/** The list of https://github.com/openai/whisper/blob/main/whisper/tokenizer.py, for files that don't bring one. */
export async function neverSaid(tokenizer: Tokenizer, marks: Marks): Promise<number[]> {
  const { start, transcribe, translate, startOfPrevious, startOfLm, noSpeech } = marks;
  const tokens = new Set([start, transcribe, translate, startOfPrevious, startOfLm, noSpeech]);
  const add = async (text: string, least: boolean): Promise<void> => {
    const [first, ...rest] = await tokenizer.encode(text);
    if (first !== undefined && (least || rest.length === 0)) tokens.add(first);
  };
  for (const text of [' -', " '"]) await add(text, true);
  for (const symbol of [...SYMBOLS, ...MUSIC]) {
    const least = MUSIC.includes(symbol);
    await add(symbol, least);
    await add(` ${symbol}`, least);
  }
  return [...tokens].sort((a, b) => a - b);
}
