// Whether what the plugin pins is well-formed.

import { expect, test } from 'vitest';
import plugin from '@voiceinput/runner-moonshine';

test.each(plugin.models!.map((entry) => [entry.id, entry] as const))('%s pins its tarball tightly', (_id, entry) => {
  const bytes = entry.files.reduce((sum, file) => sum + file.bytes, 0);
  for (const source of entry.sources) {
    if (typeof source === 'string') throw new Error('expected an npm source');
    expect(source.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(source.integrity).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
    expect(source.atMost.unpackedBytes).toBeGreaterThan(bytes);
    expect(source.atMost.unpackedBytes).toBeLessThan(source.bytes * 2);
  }
  expect(entry.license).toBe('MIT');
  expect(entry.attribution).toMatch(/^Copyright \(c\) \d{4}/);
});
