// How people and programs are told of failures, warnings and progress: on standard error, apart from the data.

import type { ErrorLine, ErrorReport } from '@voiceinput/plugin-api';
import { jsonLine, printable } from '@voiceinput/plugin-api';
import { styleText } from 'node:util';
import { fitting } from './bar.ts';
import { asTyped } from './command-name.ts';
import { inLocale, toldError } from '../messages/in-locale.ts';

export interface Reporter {
  readonly json: boolean;
  error(error: ErrorReport, file?: string): void;
  warning(error: ErrorReport, file?: string): void;
  /** A line for people; left out with `--json`. */
  note(text: string): void;
  /** A line that the next one replaces; shown only to people at a terminal. Carries nothing but printable characters. */
  progress(text: string): void;
}

const USUAL_COLUMNS = 80;

export function createReporter({ json }: { json: boolean }): Reporter {
  const stream = process.stderr;
  const live = stream.isTTY && !json;
  let standing = false;

  function write(text: string): void {
    if (standing) stream.write('\r\u001b[2K');
    standing = false;
    stream.write(`${text}\n`);
  }

  function tell(type: ErrorLine['type'], error: ErrorReport, file?: string): void {
    if (json) {
      const { code, message } = error;
      const hint = asTyped(error.hint);
      const line: ErrorLine = { type, code, message, hint, ...(file !== undefined && { file }) };
      return write(jsonLine(line));
    }
    const { code, message, hint } = toldError(error);
    const title = paint(type === 'error' ? 'red' : 'yellow', type === 'error' ? inLocale`error` : inLocale`warning`);
    write(`${title}: ${printable(message)} ${paint('dim', `[${code}]`)}\n  ${printable(asTyped(hint))}`);
  }

  return {
    json,
    error: (error, file) => tell('error', error, file),
    warning: (error, file) => tell('warning', error, file),
    note(text) {
      if (!json) write(printable(asTyped(text)));
    },
    progress(text) {
      if (!live || (text === '' && !standing)) return;
      stream.write(`\r\u001b[2K${fitting(printable(text), (stream.columns || USUAL_COLUMNS) - 1)}`);
      standing = text !== '';
    },
  };
}

/** `text` in a style where `stream` is a terminal that shows it. */
export function paint(
  style: 'red' | 'yellow' | 'green' | 'dim' | 'bold' | 'cyan',
  text: string,
  stream: NodeJS.WriteStream = process.stderr,
): string {
  return hasColors(stream) ? styleText(style, text) : text;
}

/** https://no-color.org and FORCE_COLOR as Node reads it. */
function hasColors(stream: NodeJS.WriteStream): boolean {
  if (process.env['FORCE_COLOR'] !== undefined) return process.env['FORCE_COLOR'] !== '0';
  if (process.env['NO_COLOR'] !== undefined && process.env['NO_COLOR'] !== '') return false;
  return stream.isTTY && process.env['TERM'] !== 'dumb';
}
