import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect } from 'vitest';
import { openDisplay, watchTrigger } from '@voiceinput/desktop';
import type { Outcome } from '@voiceinput/plugin-api';
import { dictation, fakeContext } from '@voiceinput/testkit';
import plugin from '@voiceinput/sink-desktop';
import type { DesktopOptions, DesktopSink } from '@voiceinput/sink-desktop';
import { Key, missingForDesk, openDesk } from '@voiceinput/rig/desk';
import type { Desk } from '@voiceinput/rig/desk';
import { describeUnless, testUnless } from '@voiceinput/rig/unless';
import { openAccessibility } from '../src/accessibility/accessibility.ts';
import type { Accessibility } from '../src/accessibility/accessibility.ts';
import { fieldOf } from './desk/fields.ts';

const signal = new AbortController().signal;
const UNVERIFIED: Outcome = { kind: 'applied', proof: 'unverified' };

/** A terminal that writes into a file what comes, each character at once. */
const keeping = (path: string): readonly string[] => ['xterm', '-e', 'sh', '-c', `stty -icanon; cat > ${path}`];

let desk: Desk;
let sink: DesktopSink;
let reader: Accessibility;

const create = async (options: DesktopOptions): Promise<DesktopSink> =>
  (await plugin.create(options, fakeContext({ pluginId: plugin.id }), signal)) as DesktopSink;

const missing = missingForDesk();
if (missing !== undefined) console.log(`skipped: ${missing}`);

describeUnless(missing)('on a desktop, where no field can be read', () => {
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
      await expect.poll(() => readFile(said, 'utf8')).toBe(`привет 😀 touch ${ran} red`);
      expect(existsSync(ran)).toBe(false);
      const later = dictation({ sessionId: 'later' });
      await sink.begin(later.info, signal);
      await program.close();
      expect(await sink.apply(later.edit('one', 'draft', 'Anyone?'), signal)).toMatchObject({ kind: 'offered' });
    },
  );

  testUnless(missingForDesk('xterm'))(
    'an application that stands still around a paste gets what was said, never what was copied before',
    async () => {
      const said = join(desk.folder, 'late');
      const program = await desk.open(keeping(said), 'xterm');
      desk.copied.write('a password');
      for (const [index, forMs] of [200, 1_500, 4_000].entries()) {
        const told = dictation({ sessionId: `late-${forMs}` });
        await sink.begin(told.info, signal);
        process.kill(program.pid, 'SIGSTOP');
        const writing = sink.apply(told.edit('one', 'draft', `said ${forMs}`), signal);
        await pause(forMs);
        process.kill(program.pid, 'SIGCONT');
        await writing;
        const line = async (): Promise<string | undefined> => (await readFile(said, 'utf8')).split('\n')[index];
        await expect.poll(line).toBe(`said ${forMs}`);
        await desk.user.key(Key.enter);
        expect(await desk.copied.read()).toBe('a password');
      }
      await program.close();
    },
  );

  testUnless(missingForDesk('xterm'))(
    'what was copied in a program that hangs stays there, and what is dictated is typed',
    async () => {
      const said = join(desk.folder, 'typed');
      const program = await desk.open(keeping(said), 'xterm');
      const copying = 'printf copied | xclip -quiet -selection clipboard -i &';
      const end = desk.run(['sh', '-c', `${copying} sleep 0.3; kill -STOP $!; sleep 3; kill -CONT $!; wait`]);
      await pause(800);
      const told = dictation({ sessionId: 'hanging' });
      await sink.begin(told.info, signal);
      expect(await sink.apply(told.edit('one', 'draft', 'Привет'), signal)).toEqual(UNVERIFIED);
      await expect.poll(() => readFile(said, 'utf8')).toBe('Привет');
      await expect.poll(() => desk.copied.read()).toBe('copied');
      await end();
      await program.close();
    },
  );

  testUnless(missingForDesk('xterm'))(
    'the key that is held for the next dictation is let go for the application only',
    async () => {
      const said = join(desk.folder, 'meanwhile');
      const program = await desk.open(keeping(said), 'xterm');
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
      await expect.poll(() => readFile(said, 'utf8')).toBe('Hello');
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
