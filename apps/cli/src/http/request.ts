// What a form asks for as a whole.

import type { Wanted } from './fields.ts';
import { readField } from './fields.ts';
import type { Form } from './form.ts';
import { invalid } from './form.ts';
import type { Warning } from './warning.ts';

export interface TranscriptionRequest extends Readonly<Wanted> {
  /** What the client calls the audio. */
  readonly label: string;
  /** What of the form has no effect. */
  readonly warnings: readonly Warning[];
}

/** Throws a refusal with status 400. */
export function transcriptionRequestOf({ fields, fileName, fileStart }: Form): TranscriptionRequest {
  const wanted: Wanted = { words: [], format: 'json', stream: false, granularities: new Set() };
  const warnings: Warning[] = [];
  for (const field of fields) {
    const message = readField(field, wanted);
    if (message !== undefined) warnings.push({ message, param: field.name, code: 'ERR_REQUEST_INVALID' });
  }
  if (fileStart === undefined) throw invalid("Missing required parameter: 'file'.", 'file');
  if (fileName === undefined && isText(fileStart))
    throw invalid("The field 'file' holds text; expected an audio file. With curl: -F file=@note.wav", 'file');
  refuseStreamOf(wanted);
  return { ...wanted, label: labelOf(fileName), warnings: [...warnings, ...timesInVain(wanted)] };
}

function refuseStreamOf({ format, stream }: Wanted): void {
  if (!stream || format === 'json' || format === 'text') return;
  throw invalid(
    `response_format '${format}' is not compatible with 'stream'. Use 'json' or 'text' instead.`,
    'response_format',
  );
}

/** The AI SDK sends it with every format. */
function timesInVain({ format, granularities }: Wanted): Warning[] {
  if (granularities.size === 0 || format === 'verbose_json') return [];
  const param = 'timestamp_granularities[]';
  const message = `The field '${param}' has no effect without response_format 'verbose_json'.`;
  return [{ message, param, code: 'ERR_REQUEST_INVALID' }];
}

/** Sound has bytes that no text has. */
function isText(start: Buffer): boolean {
  return !/[\0-\x08\x0e-\x1f\ufffd]/.test(start.toString('utf8').replace(/\ufffd{1,3}$/, ''));
}

/** A name to read, not to open. */
function labelOf(fileName = ''): string {
  return fileName === '' ? 'upload' : fileName.slice(0, 200);
}
