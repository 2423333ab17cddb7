// Whether a failing registry or network is told so that the user knows what to do.

import type { VoiceInputError } from '@voiceinput/plugin-api';
import { never } from '@voiceinput/testkit';
import { expect, test } from 'vitest';
import { networkFailure, withoutCredentials } from '../src/fetch/network-failure.ts';
import { makeScene } from './scene.ts';

test('no registry there: names package, registry and command', async () => {
  const scene = await makeScene();
  await scene.registry.close();
  const error: unknown = await scene
    .open()
    .locate('made-model', never)
    .catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    code: 'ERR_MODEL_OFFLINE',
    message: `made-model has to be downloaded (@made/model@1.2.3 from ${scene.registry.address}), and ${scene.registry.address} cannot be reached (ECONNREFUSED).`,
  });
  expect((error as VoiceInputError).hint).toContain('voiceinput models pull');
});

test('a host that does not exist is not asked twice', async () => {
  const scene = await makeScene();
  await scene.npmrc('registry=http://registry.invalid/', 'fetch-retry-mintimeout=60000');
  await expect(scene.open().locate('made-model', never)).rejects.toMatchObject({ code: 'ERR_MODEL_OFFLINE' });
});

test.each(['option', 'npm'])('offline by %s: the registry is not asked', async (by) => {
  const scene = await makeScene();
  if (by === 'npm') await scene.npmrc('offline=true', `cache=${scene.folder}/npm-cache`);
  const store = scene.open(by === 'option' ? { offline: true } : {});
  await expect(store.locate('made-model', never)).rejects.toMatchObject({
    code: 'ERR_MODEL_OFFLINE',
    message: expect.stringContaining(by === 'npm' ? 'npm is set to offline' : 'switched off') as string,
  });
  expect(scene.registry.requests).toEqual([]);
});

test.each([
  [401, 'npm login'],
  [403, 'npm login'],
  [404, 'npm config set registry'],
  [500, 'later'],
])('status %i is told with its address and a way on, without credentials', async (status, way) => {
  const scene = await makeScene();
  const { host } = new URL(scene.registry.address);
  await scene.npmrc(
    `registry=http://somebody:hidden@${host}/`,
    `//${host}/:_authToken=secret-token`,
    'fetch-retries=1',
  );
  scene.registry.instead = (_request, response) => {
    response.writeHead(status).end('{"error":"no"}');
    return true;
  };
  const error: unknown = await scene
    .open()
    .locate('made-model', never)
    .catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    code: 'ERR_MODEL_REGISTRY',
    message: expect.stringContaining(`http://${host}/@made%2fmodel answered ${status}`) as string,
    hint: expect.stringContaining(way) as string,
  });
  const { message, hint, cause } = error as VoiceInputError;
  expect(`${message} ${hint} ${String(cause)} ${JSON.stringify(cause)}`).not.toMatch(/hidden|secret-token/);
  expect(scene.registry.requests).toHaveLength(status === 500 ? 2 : 1);
});

test('a refused tarball is told too', async () => {
  const scene = await makeScene();
  scene.registry.instead = ({ isTarball }, response) => {
    if (isTarball) response.writeHead(403).end();
    return isTarball;
  };
  await expect(scene.open().locate('made-model', never)).rejects.toMatchObject({
    code: 'ERR_MODEL_REGISTRY',
    message: expect.stringContaining('model-1.2.3.tgz answered 403') as string,
  });
});

test.each([
  ['a sign-in page of a network', '<html>Welcome to the hotel</html>'],
  ['a package without the version', '{"versions":{"9.9.9":{"dist":{"tarball":"http://example.org/"}}}}'],
  ['a package without versions', '{}'],
  ['no object', 'null'],
])('%s is no usable answer', async (_what, body) => {
  const scene = await makeScene();
  scene.registry.instead = (_request, response) => {
    response.end(body);
    return true;
  };
  await expect(scene.open().locate('made-model', never)).rejects.toMatchObject({ code: 'ERR_MODEL_REGISTRY' });
});

test('an npm configuration that npm refuses is refused', async () => {
  const scene = await makeScene();
  await scene.npmrc('_authToken=belongs-to-no-registry');
  await expect(scene.open().locate('made-model', never)).rejects.toMatchObject({
    code: 'ERR_MODEL_REGISTRY',
    hint: expect.stringContaining('npm config fix') as string,
  });
});

test('the sign-in page of a network is told as what it is', async () => {
  const scene = await makeScene();
  scene.registry.instead = (_request, response) => Boolean(response.end('<!doctype html><title>Welcome</title>'));
  await expect(scene.open().locate('made-model', never)).rejects.toMatchObject({
    code: 'ERR_MODEL_REGISTRY',
    message: expect.stringContaining('is not a package registry') as string,
    hint: expect.stringContaining('sign in') as string,
  });
});

test('a registry that takes the request and never answers is not waited for without end', async () => {
  const scene = await makeScene();
  await scene.npmrc('fetch-timeout=300', 'fetch-retries=1');
  scene.registry.instead = () => true;
  await expect(scene.open().locate('made-model', never)).rejects.toMatchObject({
    code: 'ERR_MODEL_OFFLINE',
    message: expect.stringContaining('no answer within 0.3 s') as string,
  });
  expect(scene.registry.requests).toHaveLength(2);
});

test('a page of a registry that does not end is cut off', async () => {
  const scene = await makeScene();
  let writtenBytes = 0;
  scene.registry.instead = (_request, response) => {
    const more = (): void => {
      if (response.destroyed) return;
      writtenBytes += 65_536;
      response.write(Buffer.alloc(65_536, ' '), () => setImmediate(more));
    };
    more();
    return true;
  };
  await expect(scene.open().locate('made-model', never)).rejects.toMatchObject({
    code: 'ERR_MODEL_REGISTRY',
    message: expect.stringContaining('more than 16000000 bytes') as string,
  });
  expect(writtenBytes).toBeLessThan(40_000_000);
});

test('a certificate that is not trusted is no missing network', () => {
  const thrown = Object.assign(new Error('self-signed'), { code: 'SELF_SIGNED_CERT_IN_CHAIN' });
  const request = {
    modelId: 'made-model',
    what: '@made/model@1.2.3',
    from: 'https://me:pass@mirror.example/npm/?sig=1',
    hints: { signIn: '', missing: '', elsewhere: '' },
  };
  expect(networkFailure(thrown, request)).toMatchObject({
    code: 'ERR_MODEL_REGISTRY',
    message: 'The certificate of https://mirror.example/npm/ is not trusted (SELF_SIGNED_CERT_IN_CHAIN).',
    hint: expect.stringContaining('cafile') as string,
  });
});

test('addresses lose user, password, query and fragment', () => {
  expect(withoutCredentials('https://me:pass@host.example:8443/a/b?token=1#x')).toBe('https://host.example:8443/a/b');
});

test('an unknown model is refused with the nearest', async () => {
  const scene = await makeScene();
  await expect(scene.open().locate('mad-model', never)).rejects.toMatchObject({
    code: 'ERR_MODEL_UNKNOWN',
    message: expect.stringContaining('made-model') as string,
  });
});
