// What of a dictated text may be written to a terminal or typed into an application.

/** A complete escape sequence: CSI ("ESC [ … letter") or OSC ("ESC ] … BEL or ST"), 7-bit or C1; ECMA-48 §5.4, §8.3.89. */
const ESCAPE_SEQUENCE =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b\]|\u009d)[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)/gu;
const LINE_BREAKS_AND_TABS = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;
const CONTROLS = /[\p{Cc}\p{Bidi_Control}]/gu;
const LONE_SURROGATES = /\p{Surrogate}/gu;

/**
 * `text` without anything that a terminal or an application could take for a command: escape sequences, control
 * characters and bidi controls go, a run of line breaks and tabs becomes one space, a lone surrogate becomes U+FFFD.
 * All else stays as it is. Applying it twice changes nothing more.
 */
export function printable(text: string): string {
  return text
    .replace(ESCAPE_SEQUENCE, '')
    .replace(LINE_BREAKS_AND_TABS, ' ')
    .replace(CONTROLS, '')
    .replace(LONE_SURROGATES, '\uFFFD');
}
