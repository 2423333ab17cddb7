import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDisplay, watchTrigger } from '@voiceinput/desktop';
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
import { fieldOf } from './desk/fields.ts';

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

describeUnless(missing)('on a desktop', () => {
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
      await desk.user.key(Key.a, Key.control);
      await desk.user.key(Key.backspace);
      await pause(100);
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
      await pause(100);
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
        const told = dictation({ sessionId: `through-${everyMs}` });
        await sink.begin(told.info, signal);
        await sink.pin!(told.info.sessionId, signal);
        const typing = desk.user.type('nationalisation', () => everyMs);
        await pause(100);
        const outcome = await sink.apply(told.edit('one', 'draft', ' - it is said'), signal);
        expect(outcome).toEqual(VERIFIED);
        told.settle(outcome);
        await typing;
        await pause(200);
        expect(await field.text(0, -1)).toBe('internationalisation - it is said');
        expect(await sink.apply(told.edit('one', 'refined', ' - it was said.'), signal)).toEqual(VERIFIED);
        expect(await field.text(0, -1)).toBe('internationalisation - it was said.');
      }
    });

    test('text that is typed after the release stands behind the draft', async () => {
      await cleared();
      await desk.user.type('so ');
      const told = dictation({ sessionId: 'behind' });
      await sink.begin(told.info, signal);
      await sink.pin!(told.info.sessionId, signal);
      await desk.user.type('later', () => 30);
      expect(await sink.apply(told.edit('one', 'draft', 'it was '), signal)).toEqual(VERIFIED);
      await desk.user.type(' on', () => 30);
      await pause(200);
      expect(await field.text(0, -1)).toBe('so it was later on');
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
      await pause(200);
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

  testUnless(missingForDesk('zenity'))('a password is inserted and then left alone', async () => {
    const program = await desk.open(['zenity', '--password'], 'zenity');
    const told = dictation({ sessionId: 'secret' });
    expect(await sink.begin(told.info, signal)).toMatchObject({ secret: true });
    expect(await sink.apply(told.edit('one', 'draft', 'open sesame'), signal)).toEqual(UNVERIFIED);
    told.settle(UNVERIFIED);
    expect(await (await fieldOf(program, reader)).length()).toBe('open sesame'.length);
    expect(await sink.apply(told.edit('one', 'refined', 'Open sesame.'), signal)).toEqual({
      kind: 'refused',
      reason: 'secret',
    });
    await program.close();
  });

  testUnless(missingForDesk('xterm'))(
    'a shell runs nothing of what is said, and the clipboard is as before',
    async () => {
      const [said, ran] = [join(desk.folder, 'said'), join(desk.folder, 'ran')];
      const program = await desk.open(['xterm', '-e', 'bash', '--norc', '--noprofile'], 'xterm');
      await desk.user.type("printf %s '", () => 40);
      desk.copied.write('what was copied');
      const told = dictation({ sessionId: 'shell' });
      await sink.begin(told.info, signal);
      const evil = `привет 😀\ntouch ${ran}\r\n\u001b]0;title\u0007\u001b[31mred\u202e\u0003\u0004`;
      const outcome = await sink.apply(told.edit('one', 'draft', evil), signal);
      expect(outcome).toEqual(UNVERIFIED);
      told.settle(outcome);
      expect(await desk.copied.read()).toBe('what was copied');
      await pause(300);
      expect(await sink.apply(told.edit('one', 'refined', 'Привет'), signal)).toEqual({
        kind: 'offered',
        reason: 'not-readable',
      });
      await desk.user.type(`' > ${said}`, () => 40);
      await desk.user.key(Key.enter);
      await pause(500);
      expect(existsSync(ran)).toBe(false);
      expect(readFileSync(said, 'utf8')).toBe(`привет 😀 touch ${ran} red`);
      const later = dictation({ sessionId: 'later' });
      await sink.begin(later.info, signal);
      await program.close();
      expect(await sink.apply(later.edit('one', 'draft', 'Anyone?'), signal)).toMatchObject({ kind: 'offered' });
    },
  );

  testUnless(missingForDesk('xterm'))(
    'an application that stands still around a paste gets what was said, never what was copied before',
    { timeout: 60_000 },
    async () => {
      const said = join(desk.folder, 'late');
      const program = await desk.open(['xterm', '-e', 'sh', '-c', `cat > ${said}`], 'xterm');
      desk.copied.write('a password');
      for (const [index, forMs] of [200, 1_500, 4_000].entries()) {
        const told = dictation({ sessionId: `late-${forMs}` });
        await sink.begin(told.info, signal);
        process.kill(program.pid, 'SIGSTOP');
        const writing = sink.apply(told.edit('one', 'draft', `said ${forMs}`), signal);
        await pause(forMs);
        process.kill(program.pid, 'SIGCONT');
        await writing;
        await pause(500);
        await desk.user.key(Key.enter);
        await expect.poll(() => readFileSync(said, 'utf8').split('\n')[index]?.trim()).toBe(`said ${forMs}`);
        expect(await desk.copied.read()).toBe('a password');
      }
      await program.close();
    },
  );

  testUnless(missingForDesk('xterm'))(
    'what was copied in a program that hangs stays there, and what is dictated is typed',
    async () => {
      const said = join(desk.folder, 'typed');
      const program = await desk.open(['xterm', '-e', 'sh', '-c', `cat > ${said}`], 'xterm');
      const copying = 'printf copied | xclip -quiet -selection clipboard -i &';
      const end = desk.run(['sh', '-c', `${copying} sleep 0.3; kill -STOP $!; sleep 3; kill -CONT $!; wait`]);
      await pause(800);
      const told = dictation({ sessionId: 'hanging' });
      await sink.begin(told.info, signal);
      expect(await sink.apply(told.edit('one', 'draft', 'Привет'), signal)).toEqual(UNVERIFIED);
      await pause(300);
      await desk.user.key(Key.enter);
      await expect.poll(() => readFileSync(said, 'utf8')).toBe('Привет\n');
      await expect.poll(() => desk.copied.read(), { timeout: 5_000 }).toBe('copied');
      await end();
      await program.close();
    },
  );

  testUnless(missingForDesk('xterm'))(
    'the key that is held for the next dictation is let go for the application only',
    async () => {
      const said = join(desk.folder, 'meanwhile');
      const program = await desk.open(['xterm', '-e', 'sh', '-c', `cat > ${said}`], 'xterm');
      const display = await openDisplay(signal);
      const heard: string[] = [];
      const trigger = await watchTrigger('Control_R', {
        ...display,
        pressed: () => heard.push('pressed'),
        released: () => heard.push('released'),
        usedAsModifier: () => heard.push('used'),
        escaped: () => heard.push('escaped'),
      });
      const told = dictation({ sessionId: 'before' });
      await sink.begin(told.info, signal);
      const letGo = await desk.user.hold(Key.rightControl);
      expect(await sink.apply(told.edit('one', 'draft', 'Hello'), signal)).toEqual(UNVERIFIED);
      await pause(600);
      expect(heard).toEqual(['pressed']);
      await letGo();
      await expect.poll(() => heard).toEqual(['pressed', 'released']);
      await desk.user.key(Key.enter);
      await expect.poll(() => readFileSync(said, 'utf8')).toBe('Hello\n');
      await trigger.close();
      await display.close();
      await program.close();
    },
  );

  testUnless(missingForDesk('xterm', 'xfce4-clipman'))(
    'a clipboard manager neither keeps what is dictated nor loses what was copied',
    async () => {
      const endManager = desk.run(['xfce4-clipman']);
      const own = await create({});
      const program = await desk.open(['xterm', '-e', 'cat'], 'xterm');
      for (let round = 0; round < 3; round += 1) {
        const copied = `copied ${round}`;
        desk.copied.write(copied);
        await pause(300);
        const told = dictation({ sessionId: `managed-${round}` });
        await own.begin(told.info, signal);
        expect(await own.apply(told.edit('one', 'draft', 'dictated '), signal)).toEqual(UNVERIFIED);
        await expect.poll(() => desk.copied.read()).toBe(copied);
        await pause(700);
        expect(await desk.copied.read()).toBe(copied);
      }
      await own.close();
      await program.close();
      await endManager();
    },
  );
});
