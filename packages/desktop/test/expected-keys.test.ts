import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ExpectedKeys } from '../src/portable/expected-keys.ts';
import type { ExpectedKey, HeardKey } from '../src/portable/expected-keys.ts';
import { isModifierCode, isTypedCode, keyCodes } from '../src/portable/key-codes.ts';
import { heardOf } from '../src/portable/strokes.ts';
import type { Stroke } from '../src/portable/strokes.ts';

const [LEFT, RIGHT, BACKSPACE, ENTER, SHIFT] = ['Left', 'Right', 'BackSpace', 'Return', 'Shift_L'].map(
  (name) => keyCodes[name]!,
) as [number, number, number, number, number];
const LETTERS = [0x10, 0x1e, 0x2c, 0x2f];

const key = fc.constantFrom<'Left' | 'Right' | 'BackSpace' | 'Insert' | 'v'>(
  'Left',
  'Right',
  'BackSpace',
  'Insert',
  'v',
);
const stroke = fc.oneof(
  fc
    .record({ key, times: fc.integer({ min: 1, max: 4 }), with: fc.constantFrom('shift', 'control', 'none') })
    .map(({ with: held, ...rest }): Stroke =>
      held === 'none' ? rest : { ...rest, with: held as 'shift' | 'control' },
    ),
  fc.constantFrom<Stroke>({ text: 'wo' }, { text: 'Hello' }, { text: '' }),
);
const platforms = fc.constantFrom<NodeJS.Platform>('linux', 'darwin', 'win32');
const strokes = fc.array(stroke, { maxLength: 6 });
const userKey = fc.record({
  code: fc.constantFrom(LEFT, RIGHT, BACKSPACE, ENTER, ...LETTERS),
  down: fc.boolean(),
});

/** How one system would tell it: some of what need not be told is missing. */
function told(expected: readonly ExpectedKey[], isLeftOut: readonly boolean[]): HeardKey[] {
  return expected.flatMap(({ code, down, optional }, index) =>
    optional && isLeftOut[index % isLeftOut.length] ? [] : [{ code: code === 'typed' ? LETTERS[1]! : code, down }],
  );
}

/** `ours` and `theirs`, each in its order. */
function merged(ours: readonly HeardKey[], theirs: readonly HeardKey[], places: readonly number[]): HeardKey[] {
  const all = [...ours];
  const at = theirs
    .map((_, index) => Math.round((places[index % places.length]! / 100) * ours.length))
    .toSorted((a, b) => a - b);
  for (const [index, one] of [...theirs.entries()].toReversed()) all.splice(at[index]!, 0, one);
  return all;
}

/** What counts: which kind of key went down. */
const kindOf = ({ code }: HeardKey): string => (isTypedCode(code) ? 'character' : String(code));
const presses = (keys: readonly HeardKey[]): string[] =>
  keys
    .filter(({ down, code }) => down && !isModifierCode(code))
    .map(kindOf)
    .toSorted();

describe('keys that are expected', () => {
  test('whatever the user presses among them: as many keys of each kind are the user’s as the user pressed', () => {
    const leftOut = fc.array(fc.boolean(), { minLength: 1, maxLength: 7 });
    const places = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 8 });
    const rounds = fc.record({
      platform: platforms,
      sent: strokes,
      theirs: fc.array(userKey, { maxLength: 8 }),
      leftOut,
      places,
    });
    fc.assert(
      fc.property(rounds, ({ platform, sent, theirs, leftOut: isLeftOut, places: where }) => {
        const expected = heardOf(sent, platform);
        const keys = new ExpectedKeys(isTypedCode);
        keys.expect(expected, 0);
        const all = merged(told(expected, isLeftOut), theirs, where);
        const foreign = all.filter((heard) => !keys.take(heard, 0));
        expect(keys.isWaiting).toBe(false);
        expect(presses(foreign)).toEqual(presses(theirs));
      }),
      { numRuns: 3_000 },
    );
  });

  test('what is told alone is all ours, whatever the system leaves out', () => {
    fc.assert(
      fc.property(strokes, fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }), (sent, isLeftOut) => {
        const expected = heardOf(sent);
        const keys = new ExpectedKeys(isTypedCode);
        keys.expect(expected, 0);
        expect(told(expected, isLeftOut).every((heard) => keys.take(heard, 0))).toBe(true);
      }),
    );
  });

  test('one that is lost is given up, and after it nothing is ours until the next are announced', () => {
    fc.assert(
      fc.property(strokes, fc.nat(), fc.array(userKey, { maxLength: 5 }), (sent, which, theirs) => {
        const expected = heardOf(sent);
        const needed = expected.flatMap(({ optional }, index) => (optional ? [] : [index]));
        fc.pre(needed.length > 0);
        const keys = new ExpectedKeys(isTypedCode);
        keys.expect(expected, 1_000);
        const lost = needed[which % needed.length]!;
        for (const heard of told(expected.slice(0, lost), [false])) keys.take(heard, 1_001);
        expect(keys.isWaiting).toBe(true);
        expect(keys.expire(2_000)).toBe(false);
        expect(keys.expire(4_000)).toBe(true);
        expect(keys.isWaiting).toBe(false);
        for (const heard of theirs) expect(keys.take(heard, 4_001)).toBe(false);
        keys.expect(heardOf([{ key: 'Left' }]), 5_000);
        expect(keys.take({ code: LEFT, down: true }, 5_001)).toBe(true);
      }),
    );
  });

  test('what some systems leave out does not keep anybody waiting, and is not mistaken later', () => {
    const keys = new ExpectedKeys(isTypedCode);
    keys.expect(heardOf([{ key: 'Left', with: 'shift' }]), 0);
    expect(keys.take({ code: LEFT, down: true }, 1)).toBe(true);
    expect(keys.isWaiting).toBe(false);
    expect(keys.expire(10_000)).toBe(false);
    expect(keys.take({ code: SHIFT, down: false }, 10_001)).toBe(false);
  });

  test('are told apart by kind: a caret key is never a character', () => {
    const keys = new ExpectedKeys(isTypedCode);
    keys.expect([{ code: 'typed', down: true, optional: false }], 0);
    expect([LEFT, ENTER, BACKSPACE].map((code) => keys.take({ code, down: true }, 1))).toEqual([false, false, false]);
    expect(keys.take({ code: 0, down: true }, 1)).toBe(true);
  });

  test('a key of the user’s among typed text shows while the rest of it is still expected', () => {
    const keys = new ExpectedKeys(isTypedCode);
    keys.expect(heardOf([{ text: 'oh' }], 'linux'), 0);
    const [o, h, one] = [0x18, 0x23, 0x02];
    expect(keys.take({ code: o, down: true }, 1)).toBe(true);
    expect(keys.take({ code: one, down: true }, 1)).toBe(false);
    expect(keys.isWaiting).toBe(true);
    expect(keys.take({ code: h, down: true }, 1)).toBe(true);
  });
});
