import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HeldTexts, partsOf } from '@voiceinput/dataset';
import type { DatasetPart } from '@voiceinput/dataset';

const weights = fc
  .uniqueArray(fc.tuple(fc.string({ maxLength: 5 }), fc.integer({ min: 1, max: 500 })), {
    selector: ([group]) => group,
    minLength: 1,
    maxLength: 40,
  })
  .map((entries) => new Map(entries));

test('each group is in one part, the heaviest is learnt from, and of three or more some are kept apart', () => {
  fc.assert(
    fc.property(weights, (groups) => {
      const parts = partsOf(groups);
      expect([...parts.keys()]).toEqual([...groups.keys()]);
      const heaviest = Math.max(...groups.values());
      const learnt = [...groups].filter(([group]) => parts.get(group) === 'train').map(([, weight]) => weight);
      expect(Math.max(...learnt)).toBe(heaviest);
      const kinds = new Set(parts.values());
      expect(kinds.size).toBe(groups.size < 3 ? 1 : 3);
    }),
  );
});

test('groups stay where they were when others come', () => {
  fc.assert(
    fc.property(weights, weights, (before, more) => {
      const parts = partsOf(before);
      const later = partsOf(new Map([...before, ...more]), parts);
      for (const [group, part] of parts) expect(later.get(group)).toBe(part);
    }),
  );
});

test('of many small groups about a tenth is kept apart twice', () => {
  const groups = new Map(Array.from({ length: 200 }, (_, index) => [`speaker ${index}`, 5 + (index % 7)]));
  const parts = partsOf(groups);
  const share = (part: DatasetPart): number => [...parts.values()].filter((one) => one === part).length / 200;
  expect(share('test')).toBeCloseTo(0.1, 1);
  expect(share('validation')).toBeCloseTo(0.1, 1);
});

test('a text that is kept apart leaks into every other part, however it is written', () => {
  const held = new HeldTexts();
  held.add('Все ещё спит.', 'test');
  held.add('Only learnt.', 'train');
  expect(held.leaks('ВСЕ ЕЩЕ СПИТ', 'train')).toBe(true);
  expect(held.leaks('Все ещё спит!', 'validation')).toBe(true);
  expect(held.leaks('Все ещё спит.', 'test')).toBe(false);
  expect(held.leaks('Only learnt.', 'train')).toBe(false);
});
