import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Edit, Outcome } from '@voiceinput/plugin-api';
import { dictation, fakeContext } from '@voiceinput/testkit';
import plugin from '@voiceinput/sink-desktop';
import type { DesktopSink } from '@voiceinput/sink-desktop';
import { Key, missingForDesk, openDesk } from '@voiceinput/rig/desk';
import type { Desk, Program } from '@voiceinput/rig/desk';
import { describeUnless } from '@voiceinput/rig/unless';
import { openAccessibility } from '../src/accessibility/accessibility.ts';
import type { Accessibility } from '../src/accessibility/accessibility.ts';
import type { Field } from '../src/accessibility/field.ts';
import { fieldOf } from './desk/fields.ts';

const signal = new AbortController().signal;
const DRAFT = 'we meat at noon';
const REFINED = 'We meet at noon.';
let count = 0;

const missing = missingForDesk('mousepad');
if (missing !== undefined) console.log(`skipped: ${missing}`);

describeUnless(missing)('where the sink cannot read, a text that the user asks for', () => {
  let desk: Desk;
  let sink: DesktopSink;
  let reader: Accessibility;
  let program: Program;
  let field: Field;
  beforeAll(async () => {
    desk = await openDesk();
    const options = { apps: { mousepad: { insert: 'paste' } } } as const;
    sink = (await plugin.create(options, fakeContext({ pluginId: plugin.id }), signal)) as DesktopSink;
    reader = (await openAccessibility(signal))!;
    program = await desk.open(['mousepad'], 'mousepad');
    field = await fieldOf(program, reader);
  });
  afterAll(async () => {
    await program?.close();
    await sink?.close();
    reader?.close();
    await desk?.close();
  });
  beforeEach(async () => {
    await desk.user.key(Key.a, Key.control);
    await desk.user.key(Key.backspace);
    await desk.user.type('00 ');
  });

  /** A dictation of these segments, whose better text was offered. */
  async function dictated(...drafts: readonly string[]) {
    const told = dictation({ sessionId: `asked-${(count += 1)}` });
    await sink.begin(told.info, signal);
    for (const [index, draft] of drafts.entries()) await apply(told.edit(`${index}`, 'draft', draft));
    async function apply(edit: Edit): Promise<Outcome> {
      const outcome = await sink.apply(edit, signal);
      told.settle(outcome);
      return outcome;
    }
    const ask = (segment: number, text: string) => apply({ ...told.edit(`${segment}`, 'refined', text), asked: true });
    const undo = (segment: number, text: string) => apply(told.edit(`${segment}`, 'undo', text));
    return { told, apply, ask, undo };
  }

  const read = () => field.text(0, -1);

  test('takes the place of the draft, before what was typed since, and can be undone', async () => {
    const { told, apply, ask, undo } = await dictated(DRAFT);
    await desk.user.type(' ok');
    expect(await apply(told.edit('0', 'refined', REFINED))).toEqual({ kind: 'offered', reason: 'not-readable' });
    expect(await ask(0, REFINED)).toMatchObject({ kind: 'applied' });
    await expect.poll(read).toBe(`00 ${REFINED} ok`);
    await desk.user.type('!');
    await expect.poll(read).toBe(`00 ${REFINED} ok!`);
    expect(await undo(0, DRAFT)).toMatchObject({ kind: 'applied' });
    expect(await undo(0, '')).toMatchObject({ kind: 'applied' });
    await expect.poll(read).toBe('00  ok!');
  });

  test('takes the place of each segment, the last and the first', async () => {
    const { ask, undo } = await dictated('um first', 'secnd');
    expect(await ask(0, 'First 🎉')).toMatchObject({ kind: 'applied' });
    expect(await ask(1, 'second.')).toMatchObject({ kind: 'applied' });
    await expect.poll(read).toBe('00 First 🎉 second.');
    expect(await undo(1, '')).toMatchObject({ kind: 'applied' });
    await expect.poll(read).toBe('00 First 🎉');
  });

  test('leaves alone what the application changed by itself, and the caret and the selections as they were', async () => {
    const { ask } = await dictated(DRAFT);
    desk.copied.write('copied');
    // As an application does that corrects what was typed: nobody presses a key.
    await field.write({ kind: 'delete', at: 3, text: 'we' });
    await field.write({ kind: 'insert', at: 3, text: 'We' });
    expect(await ask(0, REFINED)).toEqual({ kind: 'offered', reason: 'text-changed' });
    expect(await read()).toBe('00 We meat at noon');
    await pause(100);
    await desk.user.type('!');
    await expect.poll(read).toBe('00 We meat at noon!');
    expect(await desk.copied.read()).toBe('copied');
  });

  test('is not put anywhere once the caret was moved', async () => {
    const { ask, undo } = await dictated(DRAFT);
    await desk.user.key(Key.left);
    expect(await ask(0, REFINED)).toEqual({ kind: 'offered', reason: 'caret-moved' });
    expect(await undo(0, '')).toEqual({ kind: 'refused', reason: 'caret-moved' });
    expect(await read()).toBe(`00 ${DRAFT}`);
  });
});
