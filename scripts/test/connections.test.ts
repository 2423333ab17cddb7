import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { complaintsAbout, connectingFiles, connectingIn } from '../connections/find.ts';

describe('what can open a connection', () => {
  test.each([
    ["import { connect } from 'node:net';", 'node:net'],
    ["import https from 'https';", 'node:https'],
    ["import {\n  lookup,\n} from 'node:dns/promises';", 'node:dns/promises'],
    ["import 'undici';", 'undici'],
    ["export { request } from 'node:http';", 'node:http'],
    ["const tls = await import('node:tls');", 'node:tls'],
    ['const { createSocket } = require("dgram");', 'node:dgram'],
    ["process.getBuiltinModule('node:http2');", 'node:http2'],
    ['const answer = await fetch(address);', 'fetch'],
    ['await globalThis.fetch (address);', 'fetch'],
    ['new WebSocket(address)', 'WebSocket'],
    ['const data = useFetch(address);', 'useFetch'],
  ])('is found in %s', (source, what) => {
    expect(connectingIn(source)).toEqual([what]);
  });

  test.each([
    "import type { Socket } from 'node:net';",
    "import { isIP } from 'node:path';",
    'await store.fetch(name);',
    'async function fetch(name: string) {}\nawait fetch(name);',
    '// whoever calls fetch(address) is refused',
    'const prefetch = () => 1; prefetch();',
  ])('is not found in %s', (source) => {
    expect(connectingIn(source)).toEqual([]);
  });
});

test('a stranger is refused by file and module, and a room that opens nothing any more is told', () => {
  const all = connectingFiles(resolve(import.meta.dirname, '../..'));
  expect(complaintsAbout(all)).toEqual([]);
  expect(complaintsAbout([...all, { file: 'plugins/sink-json/src/sink.ts', what: 'fetch' }])).toEqual([
    expect.stringMatching(/^plugins\/sink-json\/src\/sink\.ts: "fetch" opens connections/),
  ]);
  expect(complaintsAbout(all.filter(({ what }) => what !== 'make-fetch-happen'))).toEqual([
    expect.stringMatching(/packages\/models\/src\/fetch does not use "make-fetch-happen"/),
  ]);
});
