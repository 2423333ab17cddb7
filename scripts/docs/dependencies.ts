// How the dependencies are listed, and that each has a reason to be there.

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from './files.ts';
import { code, tableOf } from './table.ts';

/** By package: why it is there. A dependency without a reason, and a reason without a dependency, is refused. */
const reasons: Readonly<Record<string, string>> = {
  '@ai-sdk/openai': 'OpenAI’s provider of the AI SDK: the tests of the HTTP server ask with it',
  '@audio/decode-aac':
    'AAC in M4A, MP4 and ADTS, as WASM. Not installed by default, because FAAD2 inside it is under the GPL 2.0',
  '@audio/decode-opus': 'Opus in Ogg, as WASM',
  '@clack/prompts': 'the questions of voiceinput setup; no install script, nothing native',
  '@fastify/busboy': 'takes uploads apart as they come, within limits; nothing else inside',
  '@hono/node-server': 'Hono on Node’s HTTP server',
  '@huggingface/tokenizers': 'splits texts into Whisper’s tokens; Hugging Face’s own, without dependencies',
  '@mediabunny/flac-encoder': 'writes FLAC, by libFLAC as WASM',
  '@napi-rs/canvas': 'draws icons and overlay of the tray; its binaries are inside its packages',
  '@jitsi/robotjs': 'sends keys on macOS and Windows',
  '@napi-rs/clipboard':
    'the clipboard of macOS and Windows, in the process: one that starts a program for each text takes as long as the draft',
  '@npmcli/config': 'reads the npm configuration of the user exactly as npm does',
  '@particle/dbus-next':
    'D-Bus in pure JavaScript: the accessibility bus, the portal that gives keys, panel and notifications',
  '@raycast/api': 'the launcher’s surface; Raycast has it at runtime, here it builds and types',
  '@raycast/utils': 'answers that are waited for in a Raycast view, and how failures are told',
  '@types/node': 'types of the oldest Node API that we write for',
  '@types/react': 'types of React; just the version that Raycast has',
  '@types/react-test-renderer': 'its types',
  '@wasm-audio-decoders/flac': 'FLAC, as WASM',
  '@wasm-audio-decoders/ogg-vorbis': 'Vorbis in Ogg, as WASM',
  '@xterm/addon-unicode11': 'widths of characters in the terminal that the tests look at',
  '@xterm/headless': 'a real terminal emulator: the tests look at its screen',
  ai: 'the AI SDK, whose provider is tested',
  ajv: 'checks configurations and options against JSON Schema 2020-12; in tests, answers against the OpenAPI description',
  'classic-level': 'the history: an embedded store that refuses a second opener; its binaries are inside the package',
  commander: 'the command line and its help',
  'csv-parse': 'reads tables of any form, row by row',
  'dictionary-en': 'tells names from other English words, to know which capitals stay inside a sentence',
  'dictionary-ru': 'the same for Russian',
  diff: 'which words the better reading changed, shown in the launcher',
  'fast-check': 'property tests with fixed seeds',
  fflate: 'unpacks books; small, and nothing else inside',
  hono: 'the HTTP server and the settings page, loaded with them only: three packages where fastify brings 51, one of them not for Node 20',
  htmlparser2: 'reads the pages of books, however they are written',
  inversify:
    'wires the engine, in one room: packages/engine/src/compose; 7 is a few files where 8 is 300, which every start loads',
  jiti: 'plugins and scripts in TypeScript without a build; finds installed packages from any folder',
  'jsonc-parser': 'configurations may have comments; says where the JSON is wrong',
  knip: 'lint: files, exports and dependencies that nothing uses',
  'llama-tokenizer-js': 'Moonshine’s token ids are those of Llama: tests compare their texts',
  mediabunny: 'takes MP4, MOV, Matroska and WebM apart; writes FLAC',
  'mpg123-decoder': 'MP3, as WASM',
  n2words: 'says numbers in words, to find them in what was heard',
  'node-mic': 'the portable way to a microphone (with sox), where neither PulseAudio nor ALSA records',
  'make-fetch-happen':
    'fetches models from hubs and web addresses through the user’s proxy; npm-registry-fetch stands on it',
  'npm-registry-fetch': 'fetches models through registry, proxy and sign-in of the user’s npm',
  'onnxruntime-node': 'runs the models',
  openai: 'the official client: the tests of the HTTP server ask with it',
  oxlint: 'lint',
  'oxlint-tsgolint': 'lint rules that need types, such as forgotten promises',
  pnpm: 'the workspace; turbo asks for it',
  prettier: 'format of code and pages',
  'playwright-core': 'drives Chromium in the tests of the settings page, without a browser of its own',
  quill: 'an editor that pages make of a field: the rounds in browsers dictate into it',
  protobufjs: 'reads and writes ONNX graphs for their preparation',
  react: 'just the version that Raycast has; it is there at runtime',
  'react-test-renderer': 'renders the launcher’s views in tests',
  'string-width': 'how many cells a text takes in a terminal',
  systray2: 'programs for macOS and Windows that show an icon with a menu; only its programs are used, only there',
  tar: 'takes model files out of npm tarballs; looks into our own before they are published',
  turbo: 'builds packages in order and only what changed',
  typescript: 'types and build',
  'vscode-jsonrpc': 'JSON-RPC between daemon and clients',
  'uiohook-napi': 'hears keys and mouse on macOS and Windows',
  vite: 'needed by vitest; pinned',
  vitest: 'tests',
  x11: 'the X11 protocol in pure JavaScript: keys, clipboard, windows, overlay',
  zod: 'the forms of requests and answers: types, checks and docs/API.md from one source',
};

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Use {
  readonly version: string;
  readonly packages: Set<string>;
  shipped: boolean;
}

export function dependenciesTable(): string {
  const uses = foreignDependencies();
  const wrong = [
    ...[...uses.keys()].filter((name) => reasons[name] === undefined).map((name) => `${name} has no reason`),
    ...Object.keys(reasons)
      .filter((name) => !uses.has(name))
      .map((name) => `${name} is not a dependency`),
  ];
  if (wrong.length > 0) throw new Error(`scripts/docs/dependencies.ts: ${wrong.join('; ')}.`);
  const sorted = [...uses].sort(([a], [b]) => a.localeCompare(b, 'en'));
  const table = (shipped: boolean): string => {
    const rows = sorted.filter(([, use]) => use.shipped === shipped);
    return tableOf(
      ['package', 'version', 'used by', 'why'],
      rows.map(([name, { version, packages }]) => [
        `[${code(name)}](https://www.npmjs.com/package/${name})`,
        version,
        [...packages].join(', '),
        reasons[name]!,
      ]),
    );
  };
  return `## What users install\n\n${table(true)}\n\n## What only developing needs\n\n${table(false)}`;
}

function foreignDependencies(): Map<string, Use> {
  const uses = new Map<string, Use>();
  for (const folder of folders()) {
    const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;
    const shipped = !['.', 'bench', 'examples'].includes(folder);
    const { dependencies, optionalDependencies, devDependencies } = manifest;
    note({ ...dependencies, ...optionalDependencies }, shipped, folder);
    note(devDependencies ?? {}, false, folder);
  }
  return uses;

  function note(dependencies: Readonly<Record<string, string>>, shipped: boolean, folder: string): void {
    for (const [name, version] of Object.entries(dependencies)) {
      if (name === 'voiceinput' || name.startsWith('@voiceinput/')) continue;
      const use = uses.get(name) ?? { version, packages: new Set(), shipped: false };
      use.packages.add(folder === '.' ? 'the workspace' : basename(folder));
      use.shipped ||= shipped;
      uses.set(name, use);
    }
  }
}

function folders(): string[] {
  const rooms = ['packages', 'plugins', 'apps'].flatMap((room) =>
    readdirSync(join(root, room)).map((name) => `${room}/${name}`),
  );
  return ['.', ...rooms, 'bench', 'examples'];
}
