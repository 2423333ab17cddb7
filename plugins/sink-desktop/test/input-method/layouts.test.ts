import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dictation, fakeContext } from '@voiceinput/testkit';
import plugin from '@voiceinput/sink-desktop';
import type { DesktopSink } from '@voiceinput/sink-desktop';
import { Key, missingForDesk, openDesk } from '@voiceinput/rig/desk';
import type { Desk, Program } from '@voiceinput/rig/desk';
import { describeUnless } from '@voiceinput/rig/unless';
import { openAccessibility } from '../../src/accessibility/accessibility.ts';
import type { Accessibility } from '../../src/accessibility/accessibility.ts';
import type { Field } from '../../src/accessibility/field.ts';
import { emptied, fieldOf } from '../desk/fields.ts';

const signal = new AbortController().signal;
const DEAD_ACUTE = 0xfe51;
const MULTI = 0xff20;
const E = 0x65;
const APOSTROPHE = 0x27;
/** What a layout does to a program comes a while after it was chosen. */
const LAYOUT_MS = 1_000;
const TYPED_MS = 300;

const missing = missingForDesk('mousepad', 'ibus-daemon', 'setxkbmap');
if (missing !== undefined) console.log(`skipped: keyboard layouts with ibus. ${missing}`);

describeUnless(missing)('while our input method has the keyboard', () => {
  let desk: Desk;
  let sink: DesktopSink;
  let reader: Accessibility;
  let program: Program;
  let field: Field;
  beforeAll(async () => {
    desk = await openDesk({ inputMethod: true });
    const options = { apps: { mousepad: { tier: 'input-method' as const } } };
    sink = (await plugin.create(options, fakeContext({ pluginId: plugin.id }), signal)) as DesktopSink;
    reader = (await openAccessibility(signal))!;
    program = await desk.open(['mousepad'], 'mousepad');
    field = await fieldOf(program, reader);
  });
  afterAll(async () => {
    await sink?.close();
    reader?.close();
    await program?.close();
    await desk?.close();
  });

  /** What the keys make in the empty field, by themselves. */
  async function typedAlone(keys: readonly number[]): Promise<string> {
    await desk.user.key(Key.a, Key.control);
    await desk.user.key(Key.backspace);
    for (const key of keys) await desk.user.key(key);
    await pause(TYPED_MS);
    return field.text(0, -1);
  }

  const cases: readonly (readonly [name: string, layout: readonly string[], keys: readonly number[], typed: string])[] =
    [
      ['a dead key composes', ['de'], [DEAD_ACUTE, E], 'é'],
      ['Compose composes', ['us', '-option', 'compose:ralt'], [MULTI, APOSTROPHE, E], 'é'],
    ];
  test.each(cases)('%s, and the better text comes all the same', async (_name, layout, keys, typed) => {
    execFileSync('setxkbmap', layout);
    await expect.poll(() => typedAlone(keys), { interval: LAYOUT_MS }).toBe(typed);
    await emptied(desk.user, field);
    const told = dictation({ sessionId: layout.join(' ') });
    await sink.begin(told.info, signal);
    const draft = await sink.apply(told.edit('one', 'draft', 'so it is '), signal);
    expect(draft).toMatchObject({ kind: 'applied' });
    told.settle(draft);
    for (const key of keys) await desk.user.key(key);
    await expect.poll(() => field.text(0, -1)).toBe(`so it is ${typed}`);
    const refined = await sink.apply(told.edit('one', 'refined', 'So it was '), signal);
    expect(refined).toEqual({ kind: 'applied', proof: 'verified' });
    expect(await field.text(0, -1)).toBe(`So it was ${typed}`);
    await sink.end(told.result(), signal);
  });

  test('the user changes to another layout in the middle of it', async () => {
    execFileSync('setxkbmap', ['us', '-option', '']);
    await pause(LAYOUT_MS);
    await emptied(desk.user, field);
    const told = dictation({ sessionId: 'layouts' });
    await sink.begin(told.info, signal);
    told.settle(await sink.apply(told.edit('one', 'draft', 'so it is '), signal));
    await desk.user.type('ab ');
    execFileSync('setxkbmap', ['ru']);
    await pause(LAYOUT_MS);
    for (const key of [0x6d0, 0x6d2, 0x6c9, 0x6d7, 0x6c5, 0x6d4]) await desk.user.key(key);
    await expect.poll(() => field.text(0, -1)).toBe('so it is ab привет');
    expect(await sink.apply(told.edit('one', 'refined', 'So it was '), signal)).toMatchObject({ kind: 'applied' });
    expect(await field.text(0, -1)).toBe('So it was ab привет');
    expect(execFileSync('setxkbmap', ['-query'], { encoding: 'utf8' })).toMatch(/layout: +ru/);
    await sink.end(told.result(), signal);
  });
});
