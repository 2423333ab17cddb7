// Whether models come from a hub and its mirrors through all that goes wrong, and the token only where it belongs.

import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile, stat } from 'node:fs/promises';
import type { ModelEntry } from '@voiceinput/plugin-api';
import { never } from '@voiceinput/testkit';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { askingWeb } from '../src/fetch/ask-web.ts';
import { basesOf } from '../src/fetch/hub.ts';
import { retryAfterMs } from '../src/fetch/retry-after.ts';
import { openHub, type Hub } from './hub.ts';
import { makeModel, noise } from './made-model.ts';
import { bringing, makeScene, type Scene } from './scene.ts';

const contents = { 'config.json': Buffer.from('{"d_model": 384}'), 'onnx/model.bin': noise(200_000, 3) };
const entry: ModelEntry = {
  ...makeModel().entry,
  id: 'hub-model',
  sources: ['hf:owner/name@rev'],
  files: Object.entries(contents).map(([path, content], index) => ({
    name: `file-${index}`,
    path,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  })),
};

let scene: Scene;
let hub: Hub;
beforeEach(async () => {
  scene = await makeScene();
  hub = await openHub(contents);
  vi.stubEnv('HF_ENDPOINT', hub.address);
  vi.stubEnv('HF_TOKEN', undefined);
  vi.stubEnv('VOICEINPUT_HF_MIRRORS', undefined);
});

const open = (sources: ModelEntry['sources'] = entry.sources, offline = false) =>
  scene.open({ plugins: [bringing([{ ...entry, sources }])], offline });

async function expectThere(): Promise<void> {
  const { files } = await open().locate('hub-model', never);
  for (const [index, content] of Object.values(contents).entries())
    expect((await readFile(files[`file-${index}`]!)).equals(content)).toBe(true);
  expect(await scene.leftovers()).toEqual([]);
}

/** Answers requests for the large file so, until `times` are over. */
function answering(status: number, headers: Record<string, string> = {}, times = Number.POSITIVE_INFINITY): void {
  let left = times;
  hub.instead = ({ url = '' }, response) => {
    if (!url.includes('model.bin') || left <= 0) return false;
    left -= 1;
    response.writeHead(status, headers).end();
    return true;
  };
}

test('all files come over a redirect, keep their folders, and are there offline afterwards', async () => {
  await expectThere();
  const { files } = await open(entry.sources, true).locate('hub-model', never);
  expect(files['file-1']).toMatch(/onnx\/model\.bin$/);
  expect(hub.requests.map(({ url }) => url.split('?')[0])).toEqual([
    '/owner/name/resolve/rev/config.json',
    '/storage/config.json',
    '/owner/name/resolve/rev/onnx/model.bin',
    '/storage/onnx/model.bin',
  ]);
});

test('a plain web address is a source too', async () => {
  const store = open([`${hub.address}/owner/name/resolve/rev` as `https://${string}`]);
  expect((await stat((await store.locate('hub-model', never)).files['file-1']!)).size).toBe(200_000);
});

describe('a transfer', () => {
  test('that is cut goes on where it was, however often, as long as something comes', async () => {
    hub.cutsAfterBytes = 30_000;
    await expectThere();
    const ranges = hub.requests.filter(({ url }) => url.startsWith('/storage/onnx')).map(({ range }) => range);
    expect(ranges[0]).toBeUndefined();
    expect(ranges.length).toBeGreaterThan(4);
    expect(ranges.slice(1).every((range) => /^bytes=[1-9]\d*-$/.test(range ?? ''))).toBe(true);
  });

  test('that was aborted goes on in the next process, and what was whole is not fetched again', async () => {
    hub.stallsAtBytes = 100_000;
    const control = new AbortController();
    const store = scene.open({
      plugins: [bringing([entry])],
      onProgress: ({ doneBytes }) => doneBytes > 90_000 && control.abort(new Error('enough')),
    });
    await expect(store.locate('hub-model', control.signal)).rejects.toThrow('enough');
    hub.stallsAtBytes = undefined;
    hub.requests.length = 0;
    await expectThere();
    expect(hub.requests.map(({ url, range }) => [url.split('?')[0], range !== undefined])).toEqual([
      ['/owner/name/resolve/rev/onnx/model.bin', true],
      ['/storage/onnx/model.bin', true],
    ]);
  });

  test('from a storage that gives no parts begins again', async () => {
    hub.cutsAfterBytes = 150_000;
    hub.cuts = 1;
    hub.givesParts = false;
    await expectThere();
    const ranges = hub.requests.filter(({ url }) => url.startsWith('/storage/onnx')).map(({ range }) => range);
    expect(ranges).toEqual([undefined, 'bytes=150000-']);
  });

  test('of other bytes is refused, and nothing of it stays', async () => {
    hub.instead = ({ url = '' }, response) => {
      if (!url.startsWith('/storage/onnx')) return false;
      response.end(noise(200_000, 4));
      return true;
    };
    await expect(open().locate('hub-model', never)).rejects.toMatchObject({ code: 'ERR_MODEL_CHECKSUM' });
    hub.instead = undefined;
    await expectThere();
  });

  test('of more bytes than pinned is broken off', async () => {
    hub.instead = ({ url = '' }, response) => {
      if (!url.startsWith('/storage/onnx')) return false;
      response.end(noise(300_000, 4));
      return true;
    };
    await expect(open().locate('hub-model', never)).rejects.toMatchObject({
      code: 'ERR_MODEL_CHECKSUM',
      message: expect.stringContaining('more than the 200000 bytes'),
    });
  });

  test('whose source says nothing for too long fails as one that cannot be reached', async () => {
    hub.stallsAtBytes = 10;
    const request = { base: basesOf('hf:owner/name@rev')[0]!, path: 'onnx/model.bin', network: {}, silenceMs: 200 };
    const { body } = await askingWeb(request, never)(0);
    const all = async () => {
      for await (const piece of body) expect(piece.length).toBe(10);
    };
    await expect(all()).rejects.toMatchObject({ code: 'ETIMEDOUT', message: 'nothing came for 0.2 s' });
  });
});

describe('a refusal', () => {
  test.each([
    [401, 'Accept the terms of the model at https://huggingface.co/owner/name, and set HF_TOKEN'],
    [403, 'Accept the terms of the model at https://huggingface.co/owner/name, and set HF_TOKEN'],
    [404, 'Set HF_ENDPOINT to a hub or mirror that has it'],
    [407, 'HTTPS_PROXY'],
  ])('%i says what to do and is not asked again', async (status, hint) => {
    answering(status);
    await expect(open().locate('hub-model', never)).rejects.toMatchObject({
      code: 'ERR_MODEL_REGISTRY',
      message: expect.stringContaining(`answered ${status} for hf:owner/name@rev/onnx/model.bin`),
      hint: expect.stringContaining(hint),
    });
    expect(hub.requests.filter(({ url }) => url.includes('model.bin'))).toHaveLength(1);
  });

  test.each([
    [429, { 'retry-after': '0' }],
    [500, {}],
    [503, {}],
  ])('%i is asked again', async (status, headers) => {
    answering(status, headers, 2);
    await expectThere();
  });

  test('that asks to wait for longer than anybody would is told at once', async () => {
    answering(429, { 'retry-after': '7200' });
    await expect(open().locate('hub-model', never)).rejects.toMatchObject({
      code: 'ERR_MODEL_REGISTRY',
      message: expect.stringContaining('answered 429'),
    });
    expect(hub.requests.filter(({ url }) => url.includes('model.bin'))).toHaveLength(1);
  });

  test('tells no signature of an address', async () => {
    hub.instead = ({ url = '' }, response) => {
      if (!url.startsWith('/storage')) return false;
      response.writeHead(403).end();
      return true;
    };
    const error = await open()
      .locate('hub-model', never)
      .catch((reason: Error) => reason);
    expect(error).toMatchObject({ code: 'ERR_MODEL_REGISTRY' });
    expect(JSON.stringify(error)).not.toContain('secret');
  });
});

test.each([
  ['delta seconds', '3', 3_000],
  ['a date', 'Mon, 30 Nov 2026 00:00:10 GMT', 10_000],
  ['a date that is over', 'Mon, 30 Nov 2026 00:00:00 GMT', 0],
  ['nonsense', 'soon', 0],
])('Retry-After is read as %s', (_what, value, expected) => {
  const nowMs = Date.parse('2026-11-30T00:00:00Z');
  expect(retryAfterMs({ headers: { 'retry-after': [value] } }, nowMs)).toBe(expected);
  expect(retryAfterMs({ headers: { 'retry-after': value } }, nowMs)).toBe(expected);
});

describe('a redirect', () => {
  const to = (location: string) => {
    hub.instead = (_request, response) => {
      response.writeHead(302, { location }).end();
      return true;
    };
  };
  test.each([
    ['in a circle', () => to(`${hub.address}/again`), 'more than 5 redirects'],
    ['to nowhere', () => to('http://['), 'a redirect without an address'],
    ['to a file of this machine', () => to('file:///etc/passwd'), 'which is not encrypted'],
  ])('%s is refused', async (_where, redirect, message) => {
    redirect();
    await expect(open().locate('hub-model', never)).rejects.toMatchObject({
      code: 'ERR_MODEL_REGISTRY',
      message: expect.stringContaining(message),
    });
  });
});

describe('the token', () => {
  test('goes to the endpoint, and not over the redirect to the storage', async () => {
    vi.stubEnv('HF_TOKEN', 'hf_secret');
    await expectThere();
    for (const { url, authorization } of hub.requests)
      expect(authorization).toBe(url.startsWith('/owner/') ? 'Bearer hf_secret' : undefined);
  });

  test('does not go over a redirect on the same host either', async () => {
    vi.stubEnv('HF_TOKEN', 'hf_secret');
    hub.storage = hub.address;
    await expectThere();
    expect(hub.requests.filter(({ url }) => url.startsWith('/storage')).map((one) => one.authorization)).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('never goes to a mirror, nor into an error', async () => {
    vi.stubEnv('HF_TOKEN', 'hf_secret');
    const mirror = await openHub(contents);
    vi.stubEnv('VOICEINPUT_HF_MIRRORS', ` ${mirror.address}/ ,`);
    hub.instead = (_request, response) => {
      response.writeHead(403).end();
      return true;
    };
    await expectThere();
    expect(mirror.requests.length).toBeGreaterThan(0);
    expect(mirror.requests.every(({ authorization }) => authorization === undefined)).toBe(true);
  });

  test('does not go to other web addresses', async () => {
    vi.stubEnv('HF_TOKEN', 'hf_secret');
    await open([`${hub.address}/owner/name/resolve/rev` as `https://${string}`]).locate('hub-model', never);
    expect(hub.requests.every(({ authorization }) => authorization === undefined)).toBe(true);
  });
});

describe('mirrors', () => {
  test('are tried in order, and go on with what the endpoint began', async () => {
    const mirror = await openHub(contents);
    vi.stubEnv('VOICEINPUT_HF_MIRRORS', `http://127.0.0.1:9,${mirror.address}`);
    await scene.npmrc('fetch-retries=0');
    hub.cutsAfterBytes = 60_000;
    let storages = 0;
    hub.instead = ({ url = '' }, response) => {
      if (!url.startsWith('/storage/onnx')) return false;
      storages += 1;
      if (storages === 1) return false;
      response.writeHead(503).end();
      return true;
    };
    await expectThere();
    const ranges = mirror.requests.map(({ range }) => range);
    expect(ranges.length).toBeGreaterThan(0);
    expect(ranges.every((range) => /^bytes=[1-9]\d*-$/.test(range ?? ''))).toBe(true);
  });

  test('when none has it, the endpoint is told', async () => {
    const mirror = await openHub({});
    vi.stubEnv('VOICEINPUT_HF_MIRRORS', mirror.address);
    answering(401);
    await expect(open().locate('hub-model', never)).rejects.toMatchObject({
      message: expect.stringContaining(`${hub.address}/owner/name`),
    });
  });
});

test('without a network the files that are needed and the way by hand are told', async () => {
  await expect(open(entry.sources, true).locate('hub-model', never)).rejects.toMatchObject({
    code: 'ERR_MODEL_OFFLINE',
    hint: expect.stringContaining(
      'download config.json, onnx/model.bin from https://huggingface.co/owner/name elsewhere, and run: voiceinput models import hub-model FOLDER',
    ),
  });
  expect(hub.requests).toEqual([]);
});

test('the proxy of npm’s configuration is used', async () => {
  const through: string[] = [];
  const proxy = createServer((request, response) => {
    through.push(request.url ?? '');
    response.writeHead(407).end();
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void proxy.close());
  const { port } = proxy.address() as AddressInfo;
  await scene.npmrc(`proxy=http://127.0.0.1:${port}`, 'noproxy=');
  await expect(open().locate('hub-model', never)).rejects.toMatchObject({
    code: 'ERR_MODEL_REGISTRY',
    message: expect.stringContaining('answered 407'),
  });
  expect(through[0]).toBe(`${hub.address}/owner/name/resolve/rev/config.json`);
});

test.skipIf(process.platform === 'win32')('a disk that is full is told, and the rest comes later', async () => {
  const wrap = (command: string): [string, string[]] => ['sh', ['-c', `ulimit -f 100; exec ${command}`]];
  await scene.bring(bringing([entry]));
  const { error } = await scene.start({ wrap }).ended;
  expect(error).toMatchObject({ code: 'ERR_MODEL_STORAGE' });
  await expectThere();
});
