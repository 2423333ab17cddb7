// What the sink knows about the terminal that it writes to.

import type { OutputStream } from '@voiceinput/plugin-api';

/** What the sink needs of a stream; `process.stdout` and every Node `Writable` have it. */
export interface TerminalStream extends OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  hasColors?(): boolean;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'resize', listener: () => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'resize', listener: () => void): unknown;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether text can be mended in place. */
export const canMend = (stream: TerminalStream, environment: Environment): boolean =>
  stream.isTTY === true && environment['TERM'] !== 'dumb';

/** See https://no-color.org and https://force-color.org. */
export function wantsColors(stream: TerminalStream, environment: Environment): boolean {
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (environment['NO_COLOR']) return false;
  return stream.isTTY === true && (stream.hasColors?.() ?? true);
}
