// The page that lists every address that the program can contact: written from the manifests of models and the table of rooms.

import { basesOf } from '../../packages/models/dist/fetch/hub.js';
import type { ModelEntry, ModelSource } from '../../packages/plugin-api/src/index.ts';
import { connectingRooms } from '../connections/rooms.ts';
import { manifests } from './schema.ts';
import { code, tableOf } from './table.ts';

const MEBIBYTE = 1_048_576;

export function privacyPage(): string {
  return [
    '# What leaves your machine',
    '',
    'Nothing that you say, and no text: audio is heard, transcribed and kept on this machine. There is no telemetry, no account and no update check; the telemetry of ONNX Runtime is switched off. The only thing that VoiceInput fetches by itself is a model that it needs and does not have yet.',
    '',
    'This page is written from the models’ manifests and from the table that lint holds all sources to (`scripts/connections`): what is not listed here cannot open a connection.',
    '',
    '## Addresses outside of this machine',
    '',
    'A model is fetched once, when something needs it that is not in the cache – the first `transcribe`, `demo` or `serve`, or a profile that you choose – and when you say `voiceinput models pull`. Its sources are tried in order until one has it. Nothing is sent except the request for the file, and your own token if you configured one for that address.',
    '',
    tableOf(['model', 'address', 'MiB'], manifests.flatMap(({ models = [] }) => models).flatMap(rowsOf)),
    '',
    `- Packages come from the registry of your npm configuration (\`npm config get registry\`), through its proxy, certificates and sign-in; only your own and the global configuration count, not one in the current folder.`,
    '- `HF_ENDPOINT` replaces huggingface.co, and `VOICEINPUT_HF_MIRRORS` lists places to ask after it; `HF_TOKEN` is sent to the endpoint only.',
    '- A model of your own (`voiceinput models import`) is read from where you say; a plugin of yours may bring models from addresses of its own.',
    '- `npm_config_offline=true` forbids all of it. With the models in the cache, everything works without a network.',
    '',
    '## Connections on this machine',
    '',
    tableOf(
      ['what', 'when', 'where in the sources'],
      connectingRooms
        .filter(({ reaches }) => reaches === 'this machine')
        .map(({ does, when, place }) => [does, when, code(place)]),
    ),
    '',
    'Beyond, only one room reaches the network:',
    '',
    tableOf(
      ['what', 'when', 'where in the sources'],
      connectingRooms
        .filter(({ reaches }) => reaches === 'the network')
        .map(({ does, when, place }) => [does, when, code(place)]),
    ),
    '',
    '## What you add yourself',
    '',
    'Plugins, hooks and `sink-exec` run what you name in your own configuration, with your rights: what they send is up to them. A `voiceinput.json` in the current folder cannot add any ([CONFIGURATION.md](CONFIGURATION.md)). `ffmpeg`, where a file needs it, reads that file only.',
    '',
    '## How it is held',
    '',
    'Lint refuses a source outside of the rooms above that imports what can open a connection. Tests run a transcription, a dictation, tray, launcher calls, the settings page and a day of idling (long timers run faster) under strace, and fail when anything but a local socket is asked for; `pnpm prove` runs them in a network namespace without a way out too.',
    '',
  ].join('\n');
}

function rowsOf({ id, sources, files }: ModelEntry): string[][] {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return sources.map((source, index) => [
    index === 0 ? code(id) : '',
    addressOf(source),
    index === 0 ? String(Math.max(1, Math.round(bytes / MEBIBYTE))) : '',
  ]);
}

function addressOf(source: ModelSource): string {
  if (typeof source !== 'string') return `your npm registry, package ${code(`${source.package}@${source.version}`)}`;
  return source.startsWith('file:')
    ? 'its package, on this machine'
    : basesOf(source, {})
        .map(({ address }) => code(address))
        .join(', ');
}
