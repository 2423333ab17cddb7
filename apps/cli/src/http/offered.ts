// How HTTP is asked for on the command line.

import { InvalidArgumentError, Option } from 'commander';
import { VoiceInputError } from '@voiceinput/plugin-api';

const HTTP_PORT = 7345;

export interface HttpOptions {
  readonly http?: boolean;
  readonly port?: number;
}

export const httpOption = new Option(
  '--http',
  'also serve an OpenAI-compatible HTTP API on this machine; see docs/HTTP.md',
);
export const portOption = new Option(
  '--port <number>',
  `port for --http (default: ${HTTP_PORT}; 0: any free port)`,
).argParser(portNumber);

/** Absent when HTTP is off. Throws `ERR_USAGE` for a port without HTTP. */
export function httpPortOf({ http = false, port }: HttpOptions): number | undefined {
  if (http) return port ?? HTTP_PORT;
  if (port === undefined) return undefined;
  throw new VoiceInputError('ERR_USAGE', '--port only works together with --http.', { hint: 'Add --http.' });
}

function portNumber(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('Expected a whole number from 0 to 65535.');
}
