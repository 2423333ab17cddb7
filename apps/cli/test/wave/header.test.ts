import { expect, test } from 'vitest';
import { waveHeader } from '../../src/wave/header.ts';

test('a header of 16-bit mono samples says rate, sizes and how many bytes follow', () => {
  const header = waveHeader(320, 16_000);
  expect(header.toString('latin1', 0, 4)).toBe('RIFF');
  expect(header.readUInt32LE(4)).toBe(header.length - 8 + 320);
  expect(header.readUInt32LE(24)).toBe(16_000);
  expect(header.readUInt32LE(28)).toBe(32_000);
  expect(header.readUInt32LE(40)).toBe(320);
});
