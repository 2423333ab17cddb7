// How a value from outside, such as a file name, is shown inside a message.

/** Controls, bidi controls, other invisible format characters, line and paragraph separators, lone surrogates. */
const NOT_SHOWN_AS_IS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Surrogate}]/gu;
const SHORT_FORMS: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * `value` in double quotes, with everything escaped that could change what a terminal shows around it: control, bidi
 * and separator characters become `\n`, `\r`, `\t` or `\u{…}`. Quotes and backslashes stay as they are: the result is
 * for people, not for parsers.
 */
export function quoted(value: string): string {
  const shown = value.replace(
    NOT_SHOWN_AS_IS,
    (character) => SHORT_FORMS[character] ?? `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
  return `"${shown}"`;
}
