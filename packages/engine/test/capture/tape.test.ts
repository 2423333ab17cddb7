import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTape } from '../../src/capture/tape.ts';

test('gives back what was heard, however it was chopped and forgotten', () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(sizes, fc.nat(500), fc.nat(500), fc.nat(500), (lengths, a, b, forget) => {
      const tape = createTape();
      let total = 0;
      for (const length of lengths) {
        tape.append({ startSample: total, samples: Float32Array.from({ length }, (_, i) => total + i) });
        total += length;
      }
      expect(tape.endSample).toBe(total);
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      tape.forgetBefore(Math.min(forget, from));
      const expected = Array.from({ length: total }, (_, i) => i).slice(from, to);
      expect(Array.from(tape.slice(from, to))).toEqual(expected);
    }),
  );
});

test('refuses a gap', () => {
  const tape = createTape();
  tape.append({ startSample: 0, samples: new Float32Array(10) });
  expect(() => tape.append({ startSample: 11, samples: new Float32Array(10) })).toThrow('11; expected 10');
});

test('a slice is a copy', () => {
  const tape = createTape();
  const samples = Float32Array.of(1, 2, 3);
  tape.append({ startSample: 0, samples });
  tape.slice(0, 3)[0] = 9;
  expect(samples[0]).toBe(1);
});
