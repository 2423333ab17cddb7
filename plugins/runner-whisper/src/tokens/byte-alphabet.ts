// How vocabulary files write bytes: each as one printable letter.

/** Bytes that are written as the letter they are. */
const isPlain = (byte: number): boolean =>
  (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;

/** GPT-2's alphabet (https://github.com/openai/gpt-2/blob/master/src/encoder.py): the other bytes are U+0100 and on, in order. */
const letterOfByte: readonly string[] = (() => {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(isPlain(byte) ? byte : next++));
})();

const byteOfLetter = new Map(letterOfByte.map((letter, byte) => [letter, byte]));

/** One letter a byte. */
export const lettersOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => letterOfByte[byte]!).join('');

/** Letters outside of the alphabet stand for themselves, in UTF-8. */
export function bytesOfLetters(letters: string): Uint8Array {
  const known = Array.from(letters, (letter) => byteOfLetter.get(letter));
  if (known.every((byte) => byte !== undefined)) return Uint8Array.from(known);
  return new TextEncoder().encode(letters);
}
