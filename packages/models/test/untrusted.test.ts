// Whether content that is not what was pinned stays out.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { never } from '@voiceinput/testkit';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { unpack } from '../src/fetch/unpack.ts';
import { makeModel, noise } from './made-model.ts';
import { makeScene } from './scene.ts';
import { makeTarball, type TarEntry } from './tarball.ts';

describe('a tarball', () => {
  test.each([
    ['of other content', (pinned: Buffer) => noise(pinned.length, 9)],
    ['that is shorter', (pinned: Buffer) => pinned.subarray(0, -10)],
    ['that is longer', (pinned: Buffer) => Buffer.concat([pinned, noise(200_000, 9)])],
    ['with one bit turned', (pinned: Buffer) => turnBit(pinned)],
  ])('%s than pinned is refused', async (_what, made) => {
    const scene = await makeScene();
    scene.registry.instead = ({ isTarball }, response) => {
      if (isTarball) response.end(made(scene.model.tarball));
      return isTarball;
    };
    const store = scene.open();
    await expect(store.locate('made-model', never)).rejects.toMatchObject({
      code: 'ERR_MODEL_CHECKSUM',
      message: expect.stringContaining('model-1.2.3.tgz is not the @made/model@1.2.3') as string,
    });
    expect((await store.list(never)).map(({ state }) => state)).toEqual(['absent']);
    expect(await scene.leftovers()).toEqual([]);

    scene.registry.instead = undefined;
    await store.locate('made-model', never);
    expect((await store.list(never)).map(({ state }) => state)).toEqual(['ready']);
  });

  test('that never ends is cut off', async () => {
    const scene = await makeScene();
    scene.registry.instead = ({ isTarball }, response) => {
      if (!isTarball) return false;
      const more = (): void => void (response.destroyed || response.write(noise(65_536, 3), () => setImmediate(more)));
      more();
      return true;
    };
    await expect(scene.open().locate('made-model', never)).rejects.toMatchObject({
      code: 'ERR_MODEL_CHECKSUM',
      message: expect.stringContaining('more than') as string,
    });
  });
});

describe('a file in the pinned tarball', () => {
  test.each([
    ['with another checksum', { sha256: '0'.repeat(64) }, 'is not the file'],
    ['of another size', { bytes: 59_999 }, 'is not the file'],
    ['that is not there', { path: 'package/dist/other.onnx' }, 'has no package/dist/other.onnx'],
  ])('%s is refused', async (_what, otherwise, message) => {
    const made = makeModel();
    const files = [{ ...made.entry.files[0]!, ...otherwise }, made.entry.files[1]!];
    const scene = await makeScene({ models: [{ ...made, entry: { ...made.entry, files } }] });
    await expect(scene.open().locate('made-model', never)).rejects.toMatchObject({
      code: 'ERR_MODEL_CHECKSUM',
      message: expect.stringContaining(message) as string,
    });
    expect(await scene.leftovers()).toEqual([]);
  });
});

test('a pinned tarball that unpacks to too much is refused', async () => {
  const scene = await makeScene({
    models: [makeModel({ besides: [{ path: 'package/zeros', content: Buffer.alloc(3_000_000) }] })],
  });
  await expect(scene.open().locate('made-model', never)).rejects.toMatchObject({
    code: 'ERR_MODEL_CHECKSUM',
    message: 'The tarball unpacks to more than 1000000 bytes.',
  });
});

describe('unpacking', () => {
  let room: string;
  let folder: string;
  beforeEach(async () => {
    room = await mkdtemp(join(tmpdir(), 'voiceinput-unpack-'));
    folder = join(room, 'a', 'b');
    await mkdir(folder, { recursive: true });
    onTestFinished(() => rm(room, { recursive: true, force: true }));
  });

  const place = 'x/wanted.onnx';
  const wantedPath = `package/${place}`;
  const wanted: TarEntry = { path: wantedPath, content: Buffer.from('wanted') };
  const file = {
    name: 'model',
    path: place,
    bytes: 6,
    sha256: createHash('sha256').update('wanted').digest('hex'),
  };
  const unpackAll = async (gzipped: Buffer, entries = 20): Promise<void> => {
    await writeFile(join(room, 'made.tgz'), gzipped);
    const atMost = { unpackedBytes: 100_000, entries };
    await unpack(join(room, 'made.tgz'), { entry: { ...makeModel().entry, files: [file] }, folder, atMost }, never);
  };

  test.each<[string, TarEntry]>([
    ['a path upwards', { path: '../../evil', content: Buffer.from('evil') }],
    ['an absolute path', { path: '/tmp/voiceinput-evil', content: Buffer.from('evil') }],
    ['a path upwards under package', { path: 'package/x/../../../evil', content: Buffer.from('evil') }],
    ['a symbolic link', { path: 'package/link', type: '2', link: '../../..' }],
    ['a hard link', { path: 'package/link', type: '1', link: '/etc/passwd' }],
    ['a folder', { path: 'package/x/', type: '5' }],
    ['an unasked file', { path: 'package/x/other.onnx', content: Buffer.from('evil') }],
  ])('leaves %s inside', async (_what, evil) => {
    await unpackAll(makeTarball([evil, wanted]));
    expect(await readdir(folder)).toEqual(['wanted.onnx']);
    expect((await readdir(room)).sort()).toEqual(['a', 'made.tgz']);
    expect(existsSync('/tmp/voiceinput-evil')).toBe(false);
  });

  test.each<[string, TarEntry]>([
    ['symbolic', { path: wantedPath, type: '2', link: '/etc/passwd' }],
    ['hard', { path: wantedPath, type: '1', link: '/etc/passwd' }],
  ])('takes no %s link for the wanted file', async (_what, link) => {
    await unpackAll(makeTarball([link]));
    expect(await readdir(folder)).toEqual([]);
  });

  test('stops at too many entries', async () => {
    const many = Array.from({ length: 30 }, (_, i) => ({ path: `package/${i}`, content: Buffer.from('x') }));
    await expect(unpackAll(makeTarball(many))).rejects.toMatchObject({
      code: 'ERR_MODEL_CHECKSUM',
      message: 'The tarball holds more than 20 entries.',
    });
    await unpackAll(makeTarball([...many.slice(0, 19), wanted]));
    expect(await readdir(folder)).toEqual(['wanted.onnx']);
  });

  test('what is no tarball ends in one error or in no file, never in anything else', async () => {
    const tarball = makeTarball([wanted]);
    const damaged = fc.oneof(
      fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)),
      fc.uint8Array({ maxLength: 2_000 }).map((bytes) => gzipSync(bytes)),
      fc.nat(tarball.length).map((length) => tarball.subarray(0, length)),
      fc.nat(tarball.length - 1).map((at) => turnBit(tarball, at)),
    );
    await fc.assert(
      fc.asyncProperty(damaged, async (bytes) => {
        await unpackAll(bytes).catch((error: unknown) => expect(error).toMatchObject({ code: 'ERR_MODEL_CHECKSUM' }));
        expect((await readdir(room)).sort()).toEqual(['a', 'made.tgz']);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});

function turnBit(content: Buffer, at = content.length >> 1): Buffer {
  const turned = Buffer.from(content);
  turned[at]! ^= 4;
  return turned;
}
