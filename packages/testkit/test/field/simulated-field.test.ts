import { races, runRace, SimulatedField } from '@voiceinput/testkit';
import type { FieldTold, OpenRacer } from '@voiceinput/testkit';
import { expect, test } from 'vitest';

test('a field knows whose each character is, also when a dictation took some and put them back', () => {
  const field = new SimulatedField();
  field.userTypes(0, 'AB👍');
  field.insert(3, 'so');
  field.delete(2, 2);
  field.insert(2, '👍well ');
  expect(field.text).toBe('AB👍well o');
  expect(field.dictated).toBe('well o');
  expect(field.typed.stands).toEqual(field.typed.should);
  field.delete(0, 1);
  expect(field.typed.stands).not.toEqual(field.typed.should);
});

test('it counts as it is told to, keeps caret and selection with the text, and tells each change', () => {
  const field = new SimulatedField({ unit: 'utf16' });
  const told: FieldTold[] = [];
  field.told = (one) => told.push(one);
  field.userTypes(0, '👍B');
  field.userSelects(2, 3);
  field.insert(2, 'so');
  expect({ length: field.length, anchor: field.anchor, caret: field.caret }).toEqual({
    length: 5,
    anchor: 4,
    caret: 5,
  });
  expect(told).toEqual([
    { kind: 'insert', at: 0, length: 3, text: '👍B' },
    { kind: 'insert', at: 2, length: 2, text: 'so' },
  ]);
  const early = new SimulatedField({ tellsTooEarly: true });
  early.told = (one) => told.push(one);
  early.insert(0, 'so');
  expect(told.at(-1)).toMatchObject({ at: -2 });
});

/** Writes where it wrote before, whatever the user did meanwhile. */
const careless: OpenRacer = (field, beforeCall) => {
  let at = 0;
  let text = '';
  const say = async (next: string): Promise<string> => {
    if (text === '') at = field.length;
    beforeCall();
    field.delete(at, Array.from(text).length);
    beforeCall();
    field.insert(at, next);
    text = next;
    return 'done';
  };
  return { draft: say, refine: say };
};

test('races find a sink that takes the user’s text with it, and are the same for the same seed', async () => {
  const options = { seed: 3, count: 50, actions: 2, kinds: ['type'] } as const;
  expect([...races(options)]).toEqual([...races(options)]);
  const broken: (string | undefined)[] = [];
  for (const race of races(options)) broken.push(await runRace(race, careless));
  expect(broken.filter(Boolean).length).toBeGreaterThan(2);
});
