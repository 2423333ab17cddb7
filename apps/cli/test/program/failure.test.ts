// Whether what nobody caught is told as what it is.

import { expect, test, vi } from 'vitest';
import { failure } from '../../src/program/failure.ts';

test.each(['EMFILE', 'ENFILE'])('that no more files may be opened (%s) is no mistake of ours', (code) => {
  const said: string[] = [];
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  const error = Object.assign(new Error(`${code}: too many open files, open '/a.wav'`), { code });
  try {
    expect(failure(error, ['transcribe', '--json'])).toBe(1);
  } finally {
    write.mockRestore();
  }
  expect(JSON.parse(said.join(''))).toMatchObject({
    code: 'ERR_DESCRIPTORS',
    hint: expect.stringContaining('ulimit -n'),
  });
});
