// How the daemon's requests, answers and events are listed: from the schemas that both sides check.

import * as z from 'zod/mini';
import { methods, notifications, PROTOCOL_VERSION, sinkMethods } from '../../packages/client/dist/index.js';
import { code, tableOf } from './table.ts';

interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
}

interface Method {
  readonly does: string;
  readonly params: z.core.$ZodType;
  readonly result?: z.core.$ZodType;
}

export function apiPage(): string {
  return [
    '# Talking to the daemon',
    '',
    `\`voiceinput serve\` listens on a socket that only its user can reach. Commands, tray and launcher are clients of the daemon, and your program can be one too. In JavaScript, [@voiceinput/client](../packages/client/README.md) does all of this; in any other language it takes little work. This page is written from the schemas that daemon and client both check (\`packages/client/src/protocol\`). Protocol version ${PROTOCOL_VERSION}.`,
    '',
    '## Finding it',
    '',
    'A file `daemon.json` names the socket (`socket`), the token (`token`), the protocol’s version and the command that starts a daemon (`executable`). It lies in `~/.local/state/voiceinput` (macOS: `~/Library/Application Support/voiceinput/run`, Windows: `AppData\\Local\\voiceinput\\run`, or where `VOICEINPUT_RUNTIME_DIR` says), a folder that only its user can use. Refuse it when it is a link, somebody else’s, or open to others. When nobody listens at the socket, the daemon is not running.',
    '',
    '## Speaking',
    '',
    'JSON-RPC 2.0, each message after a header `Content-Length: N` and an empty line, as in the language server protocol; at most 4 MB a message. The first request is `hello` with the token and the version; anything else before it is not answered, and after 5 s without it the connection ends. Errors have the code −32000 and `data` with `code`, `message` and `hint` as in [errors.md](errors.md).',
    '',
    '## Requests',
    '',
    ...Object.entries(methods).flatMap(([name, method]) => section(name, method)),
    '## Events',
    '',
    'After `watch`, each event comes as a notification `event` with `seq` (counts from 1 without gaps, the same for all clients), `at` and `type`. Who was away asks `watch` with `after`: the last number that was seen; the last 5,000 events are kept. A client that does not read is let go when 8 MB wait for it. Types are those of [EventBody](../packages/plugin-api/src/event.ts), and of the daemon: `ready`, `state` (with `recording` while there is one), `history` (a dictation is over; one that was dropped before anybody spoke, or that a shortcut or a tap of the key began, gets no entry, but `result` still answers), `recovered`, `settings` (others are in force), `troubles` (all that do not work as they should now, as in `status`), `drafted` (a dictation has a draft and is in the history as `reading`), `history-changed` (entries were corrected or deleted), `model` (`doneBytes` of `totalBytes` of the model `id` are fetched), `model-ended` (its fetching is over, well or not; `models/list` tells). Dictated words come only with `text: true`.',
    '',
    fieldsOf(notifications.event.params),
    '',
    '## A sink of your own',
    '',
    'After `transcribe` the daemon asks the client for these:',
    '',
    ...Object.entries(sinkMethods).flatMap(([name, method]) => section(name, method)),
  ].join('\n');
}

function section(name: string, { does, params, result }: Method): string[] {
  return [
    `### ${code(name)}`,
    '',
    does,
    '',
    'Request:',
    '',
    fieldsOf(params),
    '',
    ...(result === undefined ? [] : ['Answer:', '', fieldsOf(result), '']),
  ];
}

function fieldsOf(schema: Method['params']): string {
  const rows = rowsOf(z.toJSONSchema(schema) as Schema, '');
  return rows.length === 0 ? 'nothing' : tableOf(['field', 'value', ''], rows);
}

function rowsOf({ properties = {}, required = [] }: Schema, path: string): string[][] {
  return Object.entries(properties).flatMap(([name, field]) => {
    const inner = field.type === 'array' ? field.items : field;
    const row = [code(path + name), wordFor(field), required.includes(name) ? '' : 'optional'];
    return [row, ...rowsOf(inner ?? {}, `${path}${name}${field.type === 'array' ? '[]' : ''}.`)];
  });
}

function wordFor({ type, enum: values, items }: Schema): string {
  if (values !== undefined) return values.map((value) => code(JSON.stringify(value))).join(', ');
  if (type === 'array') return `list of ${items?.type ?? 'anything'}`;
  const words: Readonly<Record<string, string>> = { string: 'text', integer: 'whole number', boolean: 'true or false' };
  return words[type ?? ''] ?? type ?? 'anything';
}
