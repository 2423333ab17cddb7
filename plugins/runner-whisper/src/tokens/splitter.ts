// Splits texts into tokens as the file of a Hugging Face tokeniser says.

import { Tokenizer } from '@huggingface/tokenizers';

/** `file` is the parsed tokenizer.json. Marks are not looked for unless it lists them. */
export function splitterOf(file: unknown): (text: string) => number[] {
  const tokenizer = new Tokenizer(Object(file), {});
  return (text) => tokenizer.encode(text, { add_special_tokens: false }).ids;
}
