import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Outcome } from '@voiceinput/plugin-api';
import { conformance, dictation, fakeContext } from '@voiceinput/testkit';
import plugin from '@voiceinput/sink-desktop';
import type { DesktopOptions, DesktopSink } from '@voiceinput/sink-desktop';
import { Key, missingForDesk, openDesk } from '@voiceinput/rig/desk';
import type { Desk, Program } from '@voiceinput/rig/desk';
import { describeUnless, testUnless } from '@voiceinput/rig/unless';
import { openAccessibility } from '../src/accessibility/accessibility.ts';
import type { Accessibility } from '../src/accessibility/accessibility.ts';
import type { Field } from '../src/accessibility/field.ts';
import { emptied, fieldOf } from './desk/fields.ts';

const signal = new AbortController().signal;
const VERIFIED: Outcome = { kind: 'applied', proof: 'verified' };
const UNVERIFIED: Outcome = { kind: 'applied', proof: 'unverified' };

let desk: Desk;
let sink: DesktopSink;
let reader: Accessibility;

const create = async (options: DesktopOptions): Promise<DesktopSink> =>
  (await plugin.create(options, fakeContext({ pluginId: plugin.id }), signal)) as DesktopSink;

const missing = missingForDesk();
if (missing !== undefined) console.log(`skipped: ${missing}`);

describeUnless(missing)('on a desktop, where a field can be read', () => {
  beforeAll(async () => {
    desk = await openDesk();
    sink = await create({ apps: { Chromium: { tier: 'watched' } } });
    reader = (await openAccessibility(signal))!;
  });
  afterAll(async () => {
    await sink?.close();
    reader?.close();
    await desk?.close();
  });

  describeUnless(missingForDesk('mousepad'))('in an editor', () => {
    let program: Program;
    let field: Field;
    beforeAll(async () => {
      program = await desk.open(['mousepad'], 'mousepad');
      field = await fieldOf(program, reader);
    });
    afterAll(() => program?.close());

    /** As a program does that opens another file in the same field: nobody presses a key. */
    async function replaceAll(where: Field, text: string): Promise<void> {
      await where.write({ kind: 'delete', at: 0, text: await where.text(0, -1) });
      await where.write({ kind: 'insert', at: 0, text });
    }

    async function cleared(): Promise<void> {
      await program.activate();
      await emptied(desk.user, field);
    }

    test('a dictation is taken back in two steps', async () => {
      await cleared();
      const told = dictation({ sessionId: 'undone' });
      expect(await sink.begin(told.info, signal)).toEqual({ app: 'Mousepad', surroundings: { before: '', after: '' } });
      for (const [cause, text] of [
        ['draft', 'helo'],
        ['refined', 'Hello 😀.'],
        ['undo', 'helo'],
        ['undo', ''],
      ] as const) {
        const outcome = await sink.apply(told.edit('one', cause, text), signal);
        expect(outcome).toEqual(VERIFIED);
        told.settle(outcome);
        expect(await field.text(0, -1)).toBe(text);
      }
    });

    test('what the user edited stays as it is, and the next segment is still mended', async () => {
      await cleared();
      const told = dictation({ sessionId: 'edited' });
      await sink.begin(told.info, signal);
      for (const [segment, text] of [
        ['one', 'first'],
        ['two', 'secnd'],
      ] as const)
        told.settle(await sink.apply(told.edit(segment, 'draft', text), signal));
      await desk.user.key(Key.home, Key.control);
      await desk.user.type('f');
      await desk.user.key(Key.backspace);
      await desk.user.key(0xffff);
      await expect.poll(() => field.text(0, -1)).toMatch(/^irst secnd/);
      expect(await sink.apply(told.edit('one', 'refined', 'First'), signal)).toEqual({
        kind: 'refused',
        reason: 'user-edited',
      });
      expect(await sink.apply(told.edit('two', 'refined', 'second.'), signal)).toEqual(VERIFIED);
      expect(await field.text(0, -1)).toBe('irst second.');
    });

    test('a word that is typed through the release stays whole, and the draft goes behind it', async () => {
      for (const everyMs of [15, 60]) {
        await cleared();
        await desk.user.type('inter');
        await expect.poll(() => field.text(0, -1)).toBe('inter');
        const told = dictation({ sessionId: `through-${everyMs}` });
        await sink.begin(told.info, signal);
        await sink.pin!(told.info.sessionId, signal);
        const typing = desk.user.type('nationalisation', () => everyMs);
        await pause(100);
        const outcome = await sink.apply(told.edit('one', 'draft', ' - it is said'), signal);
        expect(outcome).toEqual(VERIFIED);
        told.settle(outcome);
        await typing;
        await expect.poll(() => field.text(0, -1)).toBe('internationalisation - it is said');
        expect(await sink.apply(told.edit('one', 'refined', ' - it was said.'), signal)).toEqual(VERIFIED);
        expect(await field.text(0, -1)).toBe('internationalisation - it was said.');
      }
    });

    test('text that is typed after the release stands behind the draft', async () => {
      await cleared();
      await desk.user.type('so ');
      await expect.poll(() => field.text(0, -1)).toBe('so ');
      const told = dictation({ sessionId: 'behind' });
      await sink.begin(told.info, signal);
      await sink.pin!(told.info.sessionId, signal);
      await desk.user.type('later', () => 30);
      expect(await sink.apply(told.edit('one', 'draft', 'it was '), signal)).toEqual(VERIFIED);
      await desk.user.type(' on', () => 30);
      await expect.poll(() => field.text(0, -1)).toBe('so it was later on');
    });

    test('the field that had the focus at the beginning gets the text, wherever the user went', async () => {
      await cleared();
      const told = dictation({ sessionId: 'away' });
      await sink.begin(told.info, signal);
      const other = await desk.open(['zenity', '--entry'], 'zenity');
      expect(await sink.apply(told.edit('one', 'draft', 'Where am I'), signal)).toEqual(VERIFIED);
      expect(await field.text(0, -1)).toBe('Where am I');
      expect(await (await fieldOf(other, reader)).text(0, -1)).toBe('');
      await other.close();
    });

    test('a field that is gone is said to be gone, and the text is offered', async () => {
      const gone = await desk.open(['zenity', '--entry'], 'zenity');
      const told = dictation({ sessionId: 'gone' });
      await sink.begin(told.info, signal);
      told.settle(await sink.apply(told.edit('one', 'draft', 'So long'), signal));
      await gone.close();
      const outcome = await sink.apply(told.edit('one', 'refined', 'So long.'), signal);
      expect(outcome).toEqual({ kind: 'offered', reason: 'field-gone' });
      expect(sink.offers().at(-1)).toEqual({
        sessionId: 'gone',
        segmentId: 'one',
        text: 'So long.',
        reason: 'field-gone',
      });
    });

    test('a field that shows another document meanwhile is left alone, and the text is offered', async () => {
      await cleared();
      const told = dictation({ sessionId: 'switched' });
      await sink.begin(told.info, signal);
      told.settle(await sink.apply(told.edit('one', 'draft', 'for the first letter'), signal));
      await replaceAll(field, 'Dear Sir, another one.');
      await expect.poll(() => field.text(0, -1)).toBe('Dear Sir, another one.');
      expect(await sink.apply(told.edit('one', 'refined', 'For the first letter.'), signal)).toEqual({
        kind: 'offered',
        reason: 'text-changed',
      });
      expect(await field.text(0, -1)).toBe('Dear Sir, another one.');
    });

    test('an application that was started again is another one, whatever it shows', async () => {
      const before = await desk.open(['zenity', '--entry'], 'zenity');
      const told = dictation({ sessionId: 'restarted' });
      await sink.begin(told.info, signal);
      told.settle(await sink.apply(told.edit('one', 'draft', 'same text'), signal));
      await before.close();
      const after = await desk.open(['zenity', '--entry', '--entry-text=same text'], 'zenity');
      expect(await sink.apply(told.edit('one', 'refined', 'Same text.'), signal)).toEqual({
        kind: 'offered',
        reason: 'field-gone',
      });
      expect(await (await fieldOf(after, reader)).text(0, -1)).toBe('same text');
      await after.close();
      await program.activate();
    });

    test('a space stands behind each dictation where the user wants one', async () => {
      await cleared();
      const spaced = await create({ apps: { mousepad: { trailingSpace: true } } });
      const told = dictation({ sessionId: 'spaced' });
      await spaced.begin(told.info, signal);
      const texts: string[] = [];
      for (const [segment, cause, text] of [
        ['one', 'draft', 'a'],
        ['two', 'draft', 'b'],
        ['one', 'refined', 'A'],
        ['two', 'undo', ''],
        ['one', 'undo', ''],
      ] as const) {
        told.settle(await spaced.apply(told.edit(segment, cause, text), signal));
        texts.push(await field.text(0, -1));
      }
      expect(texts).toEqual(['a ', 'a b ', 'A b ', 'A ', '']);
      await spaced.close();
    });

    testUnless(missingForDesk('setxkbmap'))(
      'what is typed comes as it was said, with Caps Lock on and whatever layout the user changed to',
      async () => {
        const typing = await create({ apps: { mousepad: { tier: 'watched', insert: 'type' } } });
        const layout = (...args: readonly string[]): Buffer => execFileSync('setxkbmap', args);
        const changes: readonly (() => unknown)[] = [
          () => desk.xdotool('key', 'Caps_Lock'),
          () => (desk.xdotool('key', 'Caps_Lock'), layout('ru')),
          () => (layout('us,ru', '-option', 'grp:sclk_toggle'), desk.xdotool('key', 'Scroll_Lock')),
          () => layout('us', '-option', ''),
        ];
        for (const [index, change] of changes.entries()) {
          await cleared();
          change();
          await pause(300);
          const told = dictation({ sessionId: `typed-${index}` });
          await typing.begin(told.info, signal);
          expect(await typing.apply(told.edit('one', 'draft', 'Hello, Привет, é!'), signal)).toEqual(UNVERIFIED);
          await expect.poll(() => field.text(0, -1)).toBe('Hello, Привет, é!');
        }
        await typing.close();
      },
    );

    test('a better text waits until the key of the next dictation is let go of', async () => {
      await cleared();
      const typing = await create({ apps: { mousepad: { tier: 'watched' } } });
      const told = dictation({ sessionId: 'held' });
      await typing.begin(told.info, signal);
      told.settle(await typing.apply(told.edit('one', 'draft', 'helo'), signal));
      const letGo = await desk.user.hold(Key.rightControl);
      const outcome = typing.apply(told.edit('one', 'refined', 'Hello.'), signal);
      await pause(1_000);
      await letGo();
      expect(await outcome).toEqual(UNVERIFIED);
      await expect.poll(() => field.text(0, -1)).toBe('Hello.');
      await typing.close();
    });

    test('what the user set for the application is told to the engine', async () => {
      const set = await create({ apps: { Mousepad: { hybrid: false, words: ['GtkSourceView'] } } });
      const { info } = dictation({ sessionId: 'set' });
      expect(await set.begin(info, signal)).toMatchObject({ hybrid: false, words: ['GtkSourceView'] });
      await set.close();
    });

    for (const { name, run } of conformance(plugin, { config: {} })) test(`conformance: ${name}`, run);
  });
});
