// Whether what we pin is well-formed.

import { basename } from 'node:path';
import { bytesOf, catalogue } from '@voiceinput/models';
import { describe, expect, test } from 'vitest';
import { findEntry } from '../src/find.ts';

describe.each(catalogue.map((entry) => [entry.id, entry] as const))('%s', (id, entry) => {
  test('has an id that is safe as a folder name', () => {
    expect(id).toMatch(/^[a-z0-9][a-z0-9-]*$/);
  });

  test('pins its tarball exactly', () => {
    if (entry.source.scheme !== 'npm') throw new Error('expected an npm source');
    expect(entry.source.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(entry.source.integrity).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
    expect(entry.source.bytes).toBeGreaterThan(1_000_000);
    expect(entry.source.atMost.unpackedBytes).toBeGreaterThan(bytesOf(entry));
    expect(entry.source.atMost.unpackedBytes).toBeLessThan(entry.source.bytes * 2);
  });

  test('pins every file exactly', () => {
    for (const file of entry.files) {
      expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(file.bytes).toBeGreaterThan(1_000_000);
      expect(file.path).toMatch(/^package\/[\w./]+\.onnx$/);
    }
    const names = entry.files.map(({ path }) => basename(path));
    expect(new Set(names).size).toBe(names.length);
  });

  test('says under which licence it comes', () => {
    expect(entry.license).toBe('MIT');
    expect(entry.attribution).toMatch(/^Copyright \(c\) \d{4}/);
  });
});

test('no id is there twice', () => {
  expect(new Set(catalogue.map(({ id }) => id)).size).toBe(catalogue.length);
});

test.each([
  ['moonshine-tny', /Did you mean "moonshine-tiny-en"\?/],
  ['foo', /voiceinput models/],
])('an unknown id, %j, is refused with those there are; only a near one is proposed', (id, hint) => {
  expect(() => findEntry(catalogue, id)).toThrow(
    expect.objectContaining({
      code: 'ERR_MODEL_UNKNOWN',
      message: `There is no model "${id}" in the catalogue; there is ${catalogue.map((one) => one.id).join(', ')}.`,
      hint: expect.stringMatching(hint) as string,
    }),
  );
});
