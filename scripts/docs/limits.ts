// How the limits of the HTTP server become a table.

import { standardLimits } from '../../apps/cli/dist/http/limits.js';
import { tableOf } from './table.ts';

const MEBIBYTE = 1_048_576;

export function limitsTable(): string {
  const { fileBytes, fieldBytes, fields, headMs, uploadMs, answerMs, slots, connections, ownConnections } =
    standardLimits;
  return tableOf(
    ['what', 'at most'],
    [
      ['an audio file', `${fileBytes / MEBIBYTE} MiB`],
      ['another field', `${fieldBytes / 1024} KiB, ${fields} fields in all`],
      ['the head of a request', `${headMs / 1000} s`],
      ['an upload', `${uploadMs / 1000} s`],
      ['a transcription, with waiting', `${answerMs / 60_000} min`],
      ['transcriptions under way: uploading, waiting or read', `${slots}`],
      ['connections at the port; at the socket', `${connections.toLocaleString('en')}; ${ownConnections}`],
    ],
  );
}
