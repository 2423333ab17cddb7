// Decides how people and programs are told of failures, warnings and progress: on standard error, apart from the data.

import type { ErrorReport } from '@voiceinput/plugin-api';
import { printable } from '@voiceinput/plugin-api';
import { styleText } from 'node:util';

export interface Reporter {
  readonly json: boolean;
  error(error: ErrorReport, file?: string): void;
  warning(error: ErrorReport, file?: string): void;
  /** A line for people; left out with `--json`. */
  note(text: string): void;
  /** A line that the next one replaces; shown only to people at a terminal. */
  progress(text: string): void;
}

export function createReporter({ json }: { json: boolean }): Reporter {
  const stream = process.stderr;
  const live = stream.isTTY === true && !json;
  let standing = false;

  function write(text: string): void {
    if (standing) stream.write('\r\u001b[2K');
    standing = false;
    stream.write(`${text}\n`);
  }

  function tell(type: 'error' | 'warning', error: ErrorReport, file?: string): void {
    const { code, message, hint } = error;
    if (json) return write(JSON.stringify({ type, code, message, hint, ...(file !== undefined && { file }) }));
    const title = paint(type === 'error' ? 'red' : 'yellow', type);
    write(`${title}: ${printable(message)} ${paint('dim', `[${code}]`)}\n  ${printable(hint)}`);
  }

  return {
    json,
    error: (error, file) => tell('error', error, file),
    warning: (error, file) => tell('warning', error, file),
    note(text) {
      if (!json) write(text);
    },
    progress(text) {
      if (!live) return;
      stream.write(`\r\u001b[2K${text.slice(0, (stream.columns ?? 80) - 1)}`);
      standing = text !== '';
    },
  };
}

/** `text` in a style where standard error is a terminal that shows it. */
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
  return stream.isTTY === true && process.env['TERM'] !== 'dumb';
}
