// Whether what nobody caught is told as what it is.

import { CommanderError } from 'commander';
import { expect, test, vi } from 'vitest';
import { failure } from '../../src/program/failure.ts';

test.each(['EMFILE', 'ENFILE'])('that no more files may be opened (%s) is no mistake of ours', (code) => {
  const error = Object.assign(new Error(`${code}: too many open files, open '/a.wav'`), { code });
  const { exitCode, told } = toldOf(error);
  expect(exitCode).toBe(1);
  expect(told).toMatchObject({
    code: 'ERR_DESCRIPTORS',
    hint: expect.stringContaining('ulimit -n'),
  });
});

test('a group of commands without one of them says what is missing', () => {
  const { exitCode, told } = toldOf(new CommanderError(1, 'commander.help', '(outputHelp)'));
  expect(exitCode).toBe(2);
  expect(told).toMatchObject({ code: 'ERR_USAGE', message: 'Name one of these commands.' });
});

function toldOf(error: Error): { readonly exitCode: number; readonly told: unknown } {
  const said: string[] = [];
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  try {
    const exitCode = failure(error, ['transcribe', '--json']);
    return { exitCode, told: JSON.parse(said.join('')) };
  } finally {
    write.mockRestore();
  }
}
