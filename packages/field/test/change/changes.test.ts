import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  apply,
  bytes,
  codePoints,
  compose,
  graphemes,
  invert,
  mapOver,
  movesOf,
  placeAfter,
  tidy,
  utf16,
} from '@voiceinput/field';
import type { Changes, Part, Unit } from '@voiceinput/field';

const units = { utf16, codePoints, bytes, graphemes };
const character = fc.constantFrom('a', 'b', 'c', 'é', 'я', '👍', '日');
const text = fc.array(character, { maxLength: 12 }).map((all) => all.join(''));
const piece = fc.array(character, { minLength: 1, maxLength: 3 }).map((all) => all.join(''));

/** What a user or a dictation may do to `before`, from its beginning on. */
function changesOf(before: string, unit: Unit): fc.Arbitrary<Changes> {
  const kind = fc.constantFrom('keep', 'remove', 'insert');
  return fc.array(fc.tuple(kind, fc.integer({ min: 1, max: 3 }), piece), { maxLength: 8 }).map((choices) => {
    let rest = Array.from(before);
    const parts: Part[] = [];
    for (const [chosen, count, inserted] of choices) {
      const next = rest.slice(0, count).join('');
      if (chosen === 'insert') parts.push({ insert: inserted });
      else if (next !== '') {
        parts.push(chosen === 'keep' ? { keep: unit.length(next) } : { remove: next });
        rest = rest.slice(count);
      }
    }
    return parts;
  });
}

describe.each(Object.entries(units))('changes of a text counted in %s', (_name, unit) => {
  const pair = text.chain((before) => fc.tuple(fc.constant(before), changesOf(before, unit), changesOf(before, unit)));
  const row = text.chain((before) =>
    changesOf(before, unit).chain((a) => {
      const second = apply(before, a, unit);
      return changesOf(second, unit).chain((b) =>
        changesOf(apply(second, b, unit), unit).map((c) => ({ before, a, b, c })),
      );
    }),
  );

  test('composed do what they do one after the other, whichever are composed first', () => {
    fc.assert(
      fc.property(row, ({ before, a, b, c }) => {
        const after = apply(apply(apply(before, a, unit), b, unit), c, unit);
        expect(apply(before, compose(compose(a, b, unit), c, unit), unit)).toBe(after);
        expect(apply(before, compose(a, compose(b, c, unit), unit), unit)).toBe(after);
      }),
    );
  });

  test('inverted take themselves back', () => {
    fc.assert(
      fc.property(row, ({ before, a }) => {
        expect(apply(apply(before, a, unit), invert(a), unit)).toBe(before);
        expect(compose(a, invert(a), unit)).toEqual([]);
      }),
    );
  });

  test('mapped over each other come to the same text in either order', () => {
    fc.assert(
      fc.property(pair, ([before, a, b]) => {
        const one = apply(apply(before, a, unit), mapOver(b, a, { unit, first: 'theirs' }), unit);
        const other = apply(apply(before, b, unit), mapOver(a, b, { unit, first: 'mine' }), unit);
        expect(one).toBe(other);
      }),
    );
  });

  test('tidied do the same, and nothing when nothing changes', () => {
    fc.assert(
      fc.property(row, ({ before, a }) => {
        const short = tidy(a, unit);
        expect(apply(before, short, unit)).toBe(apply(before, a, unit));
        expect(tidy(short, unit)).toEqual(short);
      }),
    );
  });

  test('done move by move come to the same text', () => {
    fc.assert(
      fc.property(row, ({ before, a }) => {
        const moved = movesOf(tidy(a, unit), unit).reduce((now, { kind, at, text: part }) => {
          const from = unit.index(now, at);
          const to = kind === 'delete' ? from + part.length : from;
          return now.slice(0, from) + (kind === 'insert' ? part : '') + now.slice(to);
        }, before);
        expect(moved).toBe(apply(before, a, unit));
      }),
    );
  });

  test('keep a place with the text around it', () => {
    fc.assert(
      fc.property(pair, fc.nat(), ([before, a], nth) => {
        const characters = unit.split(before);
        const index = nth % (characters.length + 1);
        const place = unit.length(characters.slice(0, index).join(''));
        // A character that stands nowhere else marks the place.
        const marked = characters.toSpliced(index, 0, '|').join('');
        for (const side of ['before', 'after'] as const) {
          const split = splitAt(a, place, { unit, side });
          const after = apply(marked, split, unit);
          expect(placeAfter(place, a, { unit, side })).toBe(unit.length(after.slice(0, after.indexOf('|'))));
        }
      }),
    );
  });
});

/** `changes` of a text that has a mark of one unit at `place`, which they keep: what is inserted there stands on the other side. */
function splitAt(changes: Changes, place: number, { unit, side }: { unit: Unit; side: 'before' | 'after' }): Changes {
  const mark: Changes = place === 0 ? [{ insert: '|' }] : [{ keep: place }, { insert: '|' }];
  return mapOver(changes, mark, { unit, first: side === 'after' ? 'mine' : 'theirs' });
}

test('what goes at a place goes before something comes, and from the end of the text to its beginning', () => {
  const changes: Changes = [
    { remove: 'so' },
    { insert: 'well' },
    { keep: 1 },
    { insert: '!' },
    { keep: 2 },
    { remove: 'um' },
  ];
  expect(movesOf(changes, utf16)).toEqual([
    { kind: 'delete', at: 5, text: 'um' },
    { kind: 'insert', at: 3, text: '!' },
    { kind: 'delete', at: 0, text: 'so' },
    { kind: 'insert', at: 0, text: 'well' },
  ]);
});
