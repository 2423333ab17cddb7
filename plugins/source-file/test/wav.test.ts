import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { never } from '@voiceinput/testkit';
import { describe, expect, test } from 'vitest';
import { listen, listenTo } from './listen.ts';
import { bytesOf, chunk, tone, wavBytes, type WavParts } from './wav-bytes.ts';
import { firstDifference } from './same.ts';

const SAMPLES = tone(5000);
const EXPECTED = Float32Array.from(SAMPLES, (value) => value / 32_768);
const PCM_16 = bytesOf(SAMPLES);

const each16 = <T>(write: (value: number) => T): T[] => Array.from(SAMPLES, write);

test.each<[string, WavParts]>([
  ['24 bits', { bits: 24, data: Buffer.concat(each16((value) => Buffer.from([0, value & 255, (value >> 8) & 255]))) }],
  ['32 bits', { bits: 32, data: bytesOf(Int32Array.from(SAMPLES, (value) => value * 65_536)) }],
  ['32-bit float', { bits: 32, coding: 3, data: bytesOf(EXPECTED) }],
  ['64-bit float', { bits: 64, coding: 3, data: bytesOf(Float64Array.from(EXPECTED)) }],
  ['WAVE_FORMAT_EXTENSIBLE', { extensible: true, data: PCM_16 }],
  ['two equal channels', { channels: 2, data: bytesOf(Int16Array.from(each16((value) => [value, value]).flat())) }],
  [
    'chunks of odd length before the samples',
    { before: [chunk('LIST', Buffer.from('abc')), chunk('junk', Buffer.alloc(70_001))], data: PCM_16 },
  ],
  ['a chunk after the samples', { data: PCM_16, after: chunk('LIST', Buffer.from('not audio!')) }],
  ['a length of zero, as a stream has it', { data: PCM_16, dataBytes: 0, riffBytes: 0 }],
  ['a length of all ones', { data: PCM_16, dataBytes: 0xffff_ffff, riffBytes: 0xffff_ffff }],
  ['the length that sox writes to a pipe', { data: PCM_16, dataBytes: 0x7fff_f000, riffBytes: 0x7fff_f024 }],
  [
    'RF64',
    {
      magic: 'RF64',
      riffBytes: 0xffff_ffff,
      before: [ds64(PCM_16.length)],
      dataBytes: 0xffff_ffff,
      data: PCM_16,
      after: chunk('LIST', Buffer.from('not audio!')),
    },
  ],
])('%s', async (_, parts) => {
  const { samples, error } = await listenTo(wavBytes(parts));
  expect(error).toBeUndefined();
  expect(firstDifference(samples, EXPECTED)).toBe(-1);
});

function ds64(dataBytes: number | bigint): Uint8Array {
  const body = Buffer.alloc(28);
  body.writeBigUInt64LE(BigInt(dataBytes), 8);
  return chunk('ds64', body);
}

test('8 bits are unsigned', async () => {
  const { samples } = await listenTo(wavBytes({ bits: 8, data: Uint8Array.of(0, 128, 255) }));
  expect(samples).toEqual(Float32Array.of(-1, 0, 127 / 128));
});

test('channels are mixed to their mean', async () => {
  const data = bytesOf(Int16Array.of(300, -100, 1000, 3000, 200, 4));
  const { samples } = await listenTo(wavBytes({ channels: 3, data }));
  expect(samples).toEqual(Float32Array.of(400 / 32_768, 1068 / 32_768));
});

test('samples beyond full scale are clipped', async () => {
  const { samples } = await listenTo(wavBytes({ bits: 32, coding: 3, data: bytesOf(Float32Array.of(1e30, -7, 0.5)) }));
  expect(samples).toEqual(Float32Array.of(1, -1, 0.5));
});

test.each([8000, 11_025, 22_050, 44_056, 44_100, 48_000, 96_000, 192_000])('%d Hz keeps its length', async (rateHz) => {
  const { samples, error } = await listenTo(wavBytes({ rateHz, data: bytesOf(tone(rateHz / 2, 440, rateHz)) }));
  expect(error).toBeUndefined();
  expect(Math.abs(samples.length - 8000)).toBeLessThanOrEqual(1);
});

const cases: readonly [string, WavParts][] = [
  ['samples behind the length of the first write', { data: PCM_16, dataBytes: 1000, riffBytes: 1036 }],
  ['such a length in the middle of a sample', { data: PCM_16, dataBytes: 1001, riffBytes: 1037 }],
  [
    'a length of zero in a finished head, as a recorder that was killed leaves it',
    { data: PCM_16, dataBytes: 0, riffBytes: 36 },
  ],
  ['the length of the file for that of the samples', { data: PCM_16, dataBytes: PCM_16.length + 44 }],
  ['a length of all ones in 31 bits', { data: PCM_16, dataBytes: 0x7fff_ffff }],
  [
    'lengths of all ones in RF64, as a stream has it',
    { magic: 'RF64', before: [ds64(0xffff_ffff_ffff_ffffn)], dataBytes: 0xffff_ffff, data: PCM_16 },
  ],
  ['a tag of MP3 behind', { data: PCM_16, after: Buffer.from(`TAG${' '.repeat(125)}`) }],
  ['a half chunk behind', { data: PCM_16, after: Buffer.from('LIST\xff\xff\0\0INFO', 'latin1') }],
];

test.each(cases)('%s: all samples, and nothing else', async (_, parts) => {
  const { samples, error } = await listenTo(wavBytes(parts));
  expect(error).toBeUndefined();
  expect(firstDifference(samples, EXPECTED)).toBe(-1);
});

test.each<[string, Partial<WavParts>]>([
  ['their true length', {}],
  ['no length, as streams have it', { dataBytes: 0xffff_ffff, riffBytes: 0xffff_ffff }],
  ['a length of zero', { dataBytes: 0, riffBytes: 0 }],
])('WAVs with %s one behind the other are all heard', async (_, claims) => {
  const one = wavBytes({ data: PCM_16, ...claims });
  const { samples, error } = await listenTo(Buffer.concat([one, one, one]));
  expect(error).toBeUndefined();
  expect(firstDifference(samples, Float32Array.from([...EXPECTED, ...EXPECTED, ...EXPECTED]))).toBe(-1);
});

test('big-endian samples', async () => {
  const swapped = Buffer.from(PCM_16).swap16();
  const head = Buffer.from(
    'RIFX\0\0\0\0WAVEfmt \0\0\0\x10\0\x01\0\x01\0\0\x3e\x80\0\0\x7d\0\0\x02\0\x10data',
    'latin1',
  );
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(swapped.length);
  const { samples, error } = await listenTo(Buffer.concat([head, bytes, swapped]));
  expect(error).toBeUndefined();
  expect(firstDifference(samples, EXPECTED)).toBe(-1);
});

test('an odd byte at the end is nothing that somebody could miss', async () => {
  const streamed = wavBytes({ data: PCM_16, dataBytes: 0xffff_ffff });
  const { samples, error } = await listenTo(Buffer.concat([streamed, Buffer.of(1)]));
  expect(error).toBeUndefined();
  expect(samples).toHaveLength(EXPECTED.length);
});

describe('two channels', () => {
  const stereo = (other: (value: number, index: number) => number): Uint8Array =>
    bytesOf(Int16Array.from([...SAMPLES].flatMap((value, index) => [value, other(value, index)])));

  test.each<[string, (value: number, index: number) => number]>([
    ['the second turned upside down', (value) => -value],
    ['the second turned upside down and quieter', (value) => Math.round(-value * 0.8)],
  ])('%s: one of them, not the silence of their mean', async (_, other) => {
    const { samples } = await listenTo(wavBytes({ channels: 2, data: stereo(other) }));
    expect(firstDifference(samples, EXPECTED)).toBe(-1);
  });

  test('one silent: half as loud, as the mean is', async () => {
    const { samples } = await listenTo(wavBytes({ channels: 2, data: stereo(() => 0) }));
    expect(
      firstDifference(
        samples,
        EXPECTED.map((value) => value / 2),
      ),
    ).toBe(-1);
  });
});

test.each([
  ['A-law', 6, [0x55, 0xd5, 0x2a, 0xaa, 0x00], [-8, 8, -32_256, 32_256, -5504]],
  ['µ-law', 7, [0xff, 0x7f, 0x00, 0x80, 0x8f], [0, 0, -32_124, 32_124, 16_764]],
])('%s, by the values of ITU-T G.711', async (_, coding, bytes, values) => {
  const { samples, error } = await listenTo(wavBytes({ coding, bits: 8, data: Uint8Array.from(bytes) }));
  expect(error).toBeUndefined();
  expect([...samples].map((sample) => sample * 0x8000 + 0)).toEqual(values);
});

test('a header that claims too much: what is there, then the truth', async () => {
  const { samples, error } = await listenTo(wavBytes({ data: PCM_16, dataBytes: 40_000 }));
  expect(firstDifference(samples, EXPECTED)).toBe(-1);
  expect(error?.code).toBe('ERR_AUDIO_CORRUPT');
  expect(error?.message).toContain('ends after 0.31 s of the 1.25 s that its header claims');
});

test.each<[string, WavParts, string, string]>([
  ['no samples', { data: new Uint8Array(0) }, 'ERR_AUDIO_EMPTY', 'no samples'],
  ['no channels', { channels: 0, data: PCM_16 }, 'ERR_AUDIO_CORRUPT', '0 channels'],
  ['9,999 channels', { channels: 9999, bits: 8, data: PCM_16 }, 'ERR_AUDIO_CORRUPT', '9999 channels'],
  ['0 Hz', { rateHz: 0, data: PCM_16 }, 'ERR_AUDIO_CORRUPT', '0 Hz'],
  ['1 GHz', { rateHz: 1e9, data: PCM_16 }, 'ERR_AUDIO_CORRUPT', '1000000000 Hz'],
  ['17 bits', { bits: 136, data: PCM_16 }, 'ERR_AUDIO_CORRUPT', '136 bits'],
  ['a coding that the samples are not in', { coding: 0x31, data: PCM_16 }, 'ERR_AUDIO_CORRUPT', 'WAV with GSM 6.10'],
])('%s', async (_, parts, code, words) => {
  const { samples, error } = await listenTo(wavBytes(parts));
  expect(error?.code).toBe(code);
  expect(error?.message).toContain(words);
  expect(samples).toHaveLength(0);
});

test.each([
  ['NaN', 'not a number', NaN],
  ['Infinity', 'infinite', -Infinity],
])('%s is named with its place, after the samples before it', async (_, words, value) => {
  const values = new Float32Array(48_000).fill(0.25);
  values[30_000] = value;
  const { samples, error } = await listenTo(wavBytes({ bits: 32, coding: 3, data: bytesOf(values) }));
  expect(error?.code).toBe('ERR_AUDIO_SAMPLES');
  expect(error?.message).toContain(`sample 30000 (at 1.875 s) is ${words}`);
  expect(firstDifference(samples, new Float32Array(30_000).fill(0.25))).toBe(-1);
});

test('raw samples need no header', async () => {
  const { samples, error } = await listenTo(PCM_16, { raw: true });
  expect(error).toBeUndefined();
  expect(firstDifference(samples, EXPECTED)).toBe(-1);
});

test('half a raw sample at the end is told after all whole ones', async () => {
  const { samples, error } = await listenTo(Buffer.concat([PCM_16, Buffer.of(7)]), { raw: true });
  expect(firstDifference(samples, EXPECTED)).toBe(-1);
  expect(error?.code).toBe('ERR_AUDIO_CORRUPT');
  expect(error?.message).toContain('1 of 2 bytes');
});

test.each([0, 0xffff_ffff])(
  'of a recording that is still written (length %i), what is there is heard',
  async (dataBytes) => {
    const folder = mkdtempSync(join(tmpdir(), 'source-file-test-'));
    try {
      const path = join(folder, 'growing.wav');
      const second = bytesOf(tone(16_000));
      writeFileSync(path, wavBytes({ data: second, dataBytes }));
      let isGrown = false;
      const { samples, error } = await listen({ path }, never, () => {
        if (!isGrown) appendFileSync(path, second);
        isGrown = true;
      });
      expect(error).toBeUndefined();
      expect([16_000, 32_000]).toContain(samples.length);
      expect((await listen({ path })).samples).toHaveLength(32_000);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
