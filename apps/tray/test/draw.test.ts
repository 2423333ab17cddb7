import { describe, expect, test } from 'vitest';
import { colors } from '../src/draw/glyphs.ts';
import type { Sign } from '../src/draw/glyphs.ts';
import { iconOf } from '../src/draw/icon.ts';
import { loudness } from '../src/draw/loudness.ts';
import { pillOf } from '../src/draw/pill.ts';
import { beginningThatFits, endThatFits } from '../src/draw/shorten.ts';

const signs = Object.keys(colors) as Sign[];

/** Relative luminance and contrast: WCAG 2.2, 1.4.11. */
function luminance([red = 0, green = 0, blue = 0]: readonly number[]): number {
  const linear = [red, green, blue].map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!;
}
function contrast(a: readonly number[], b: readonly number[]): number {
  const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}
const rgbOf = (color: string): number[] => [...Buffer.from(color.slice(1), 'hex')];

describe('icons', () => {
  test.each(signs)('%s stands out from dark and light panels, and so does the sign on it', (sign) => {
    const ground = rgbOf(colors[sign]);
    expect(contrast(ground, [0x2b, 0x2d, 0x31])).toBeGreaterThan(2.5);
    expect(contrast(ground, [0xf2, 0xf2, 0xf2])).toBeGreaterThan(3);
    expect(contrast(ground, [255, 255, 255])).toBeGreaterThan(3);
  });

  test('no two look the same, in shape alone', () => {
    const shapes = signs.map((sign) => {
      const { rgba } = iconOf(sign, 0.5).find(({ widthPx }) => widthPx === 22)!;
      // White or not, whatever the colour.
      return Array.from({ length: rgba.length / 4 }, (_, at) =>
        rgba.subarray(at * 4, at * 4 + 3).every((part) => part > 230) ? '#' : '.',
      ).join('');
    });
    expect(new Set(shapes).size).toBe(signs.length);
  });

  test('the level is seen while listening, and only then', () => {
    expect(iconOf('listening', 0.1)).not.toBe(iconOf('listening', 0.9));
    expect(iconOf('listening', 0.9)).toBe(iconOf('listening', 0.92));
    expect(iconOf('draft', 0.1)).toBe(iconOf('draft', 0.9));
  });

  test('what is quiet for a microphone is quiet, what is loud is loud', () => {
    expect([0, 0.001, 0.02, 0.1, 1].map((level) => Math.round(loudness(level) * 10))).toEqual([0, 0, 5, 8, 10]);
  });
});

describe('the pill', () => {
  const pill = { sign: 'listening', loud: [0.2, 0.8], words: '', keeps: 'end', stage: 'Listening …' } as const;

  test('grows with its words and with the scale of the display', () => {
    const small = pillOf(pill, 1);
    const wide = pillOf({ ...pill, words: 'so what I wanted to say' }, 1);
    expect(wide.widthPx).toBeGreaterThan(small.widthPx);
    const large = pillOf(pill, 2);
    expect([large.widthPx, large.heightPx]).toEqual([small.widthPx * 2, small.heightPx * 2]);
  });

  test('is round: its corners are clear', () => {
    const { rgba, widthPx, heightPx } = pillOf(pill, 1);
    const alphaAt = (x: number, y: number): number => rgba[(y * widthPx + x) * 4 + 3]!;
    expect([alphaAt(0, 0), alphaAt(widthPx - 1, heightPx - 1)]).toEqual([0, 0]);
    expect(alphaAt(Math.floor(widthPx / 2), 4)).toBeGreaterThan(200);
  });

  test('without words shows none, and no sign that any were left out', () => {
    const { rgba, widthPx, heightPx } = pillOf({ sign: 'no-speech', loud: [], words: '', keeps: 'end', stage: '' }, 1);
    const besideSign = Array.from({ length: widthPx * heightPx }, (_, at) => at).filter((at) => at % widthPx > 38);
    expect(besideSign.filter((at) => rgba[at * 4]! > 150 && rgba[at * 4 + 3] === 255)).toEqual([]);
  });

  test('keeps the end of what is too long', () => {
    const fits = (limit: number) => (text: string) => text.length <= limit;
    expect(endThatFits(' one\ntwo ', fits(20))).toBe('one two');
    expect(endThatFits('one two three', fits(10))).toBe('…two three');
    expect(endThatFits('one two three', fits(9))).toBe('…three');
    expect(endThatFits('one incomprehensibilities', fits(8))).toBe('…bilities'.slice(0, 1) + 'ilities');
    expect(endThatFits('👨‍👩‍👧👨‍👩‍👧', fits(9))).toBe('…👨‍👩‍👧');
    expect(endThatFits('', fits(0))).toBe('');
  });

  test('keeps the beginning of an error that is too long', () => {
    const fits = (limit: number) => (text: string) => text.length <= limit;
    expect(beginningThatFits(' one\r\ntwo ', fits(20))).toBe('one two');
    expect(beginningThatFits('one two three', fits(12))).toBe('one two …');
    expect(beginningThatFits('one two three', fits(8))).toBe('one …');
    expect(beginningThatFits('incomprehensibilities', fits(6))).toBe('incom…');
    expect(beginningThatFits('👨‍👩‍👧👨‍👩‍👧', fits(9))).toBe('👨‍👩‍👧…');
    expect(beginningThatFits('', fits(0))).toBe('');
  });
});
