// Who may open a connection: what a source imports or uses that can, outside of the rooms that are known for it, is refused.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { connectingRooms } from './rooms.ts';

/** Of Node, with `node:` before it or not. */
const BUILT_IN = ['net', 'http', 'https', 'http2', 'tls', 'dgram', 'dns', 'dns/promises'];
/** Of those that we have, and those that one might take. */
const PACKAGES = [
  '@hono/node-server',
  '@particle/dbus-next',
  'ai',
  'axios',
  'got',
  'make-fetch-happen',
  'node-fetch',
  'npm-registry-fetch',
  'openai',
  'undici',
  'ws',
  'x11',
];
const NETWORK_MODULES = new Set([...BUILT_IN.map((name) => `node:${name}`), ...PACKAGES]);
const NETWORK_GLOBALS = ['fetch', 'useFetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'];
/** Not published: what tests run on, and measurements. */
const NOT_PUBLISHED = /^packages\/rig\//;

const STATEMENT =
  /\b(?:import|export)\s+(?<type>type\s)?[^;'"]*?\bfrom\s*(['"])(?<from>[^'"\n]+)\2|\bimport\s*(['"])(?<bare>[^'"\n]+)\4|\b(?:import|require|getBuiltinModule)\s*\(\s*(['"`])(?<called>[^'"`\n]+)\6/g;

export interface Connecting {
  /** From the root. */
  readonly file: string;
  /** A module, or a global. */
  readonly what: string;
}

/** What the source of a file has that can open a connection. Types cannot. */
export function connectingIn(source: string): string[] {
  const found = new Set<string>();
  for (const { groups } of source.matchAll(STATEMENT)) {
    const specifier = groups!['from'] ?? groups!['bare'] ?? groups!['called']!;
    const name = BUILT_IN.includes(specifier) ? `node:${specifier}` : specifier;
    if (groups!['type'] === undefined && NETWORK_MODULES.has(name)) found.add(name);
  }
  for (const name of NETWORK_GLOBALS) if (usesGlobal(source, name)) found.add(name);
  return [...found];
}

/** Not a method, a key, or something that the file itself calls so. */
function usesGlobal(source: string, name: string): boolean {
  const isOwn = new RegExp(
    String.raw`\b(?:function|const|let|import|class)\s+(?:\*\s*as\s+)?${name}\b|[{,]\s*${name}\s*[,}][^;]*\bfrom\b`,
  );
  if (isOwn.test(source)) return false;
  const isUsed = new RegExp(String.raw`(?:\bglobalThis\s*\.\s*|\bnew\s+|(?<![.\w$'"\x60-]))${name}\s*\(`);
  return isUsed.test(withoutComments(source));
}

const withoutComments = (source: string): string =>
  source.replace(/\/\*[^]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');

/** What is wrong in `found`, and in the table of rooms when it names one that opens nothing any more. */
export function complaintsAbout(found: readonly Connecting[]): string[] {
  const roomOf = ({ file, what }: Connecting) =>
    connectingRooms.find(
      ({ place, modules }) => (file === place || file.startsWith(`${place}/`)) && modules.includes(what),
    );
  const strangers = found
    .filter((one) => roomOf(one) === undefined)
    .map(
      ({ file, what }) => `${file}: "${what}" opens connections; only the rooms of scripts/connections/rooms.ts may`,
    );
  const idle = connectingRooms.flatMap(({ place, modules }) =>
    modules
      .filter(
        (what) => !found.some((one) => one.what === what && (one.file === place || one.file.startsWith(`${place}/`))),
      )
      .map((what) => `scripts/connections/rooms.ts: ${place} does not use "${what}"`),
  );
  return [...strangers, ...idle];
}

/** In all sources that are published. */
export function connectingFiles(root: string): Connecting[] {
  const members = ['apps', 'packages', 'plugins'].flatMap((room) =>
    readdirSync(join(root, room)).flatMap((name) => ['src', 'alfred'].map((folder) => join(root, room, name, folder))),
  );
  return members
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !NOT_PUBLISHED.test(relative(root, path)))
    .flatMap((path) => connectingIn(readFileSync(path, 'utf8')).map((what) => ({ file: relative(root, path), what })));
}
