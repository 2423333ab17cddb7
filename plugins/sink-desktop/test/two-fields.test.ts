import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect } from 'vitest';
import { dictation, fakeContext } from '@voiceinput/testkit';
import plugin from '@voiceinput/sink-desktop';
import type { DesktopSink } from '@voiceinput/sink-desktop';
import { Key, missingForDesk, openDesk } from '@voiceinput/rig/desk';
import type { Desk } from '@voiceinput/rig/desk';
import { describeUnless, testUnless } from '@voiceinput/rig/unless';
import { openAccessibility } from '../src/accessibility/accessibility.ts';
import { fieldOf } from './desk/fields.ts';

const signal = new AbortController().signal;
const isProof = process.env['VOICEINPUT_DESK_ROUNDS'] !== undefined;
const SEEN_MS = 700;
const START_MS = 30_000;
const LOOK_EVERY_MS = 50;

/** A name and a password beside it. */
interface Form {
  /** What the name holds, and how many characters the password. */
  read(): Promise<{ readonly name: string; readonly password: number }>;
}

/** Its fields are read through accessibility, by another connection. */
async function openZenity(desk: Desk): Promise<Form> {
  const program = await desk.open(['zenity', '--forms', '--add-entry=Name', '--add-password=Password'], 'zenity');
  const reader = (await openAccessibility(signal))!;
  const first = await fieldOf(program, reader);
  return {
    async read() {
      const second = await fieldOf(program, reader);
      const told = { name: await first.text(0, -1), password: await second.length() };
      reader.close();
      if (!second.traits.isPassword) throw new Error('The focus is not in the password.');
      return told;
    },
  };
}

/** It tells both in the title of its window. */
async function openPage(desk: Desk): Promise<Form> {
  const [path, profile] = [join(desk.folder, 'form.html'), join(desk.folder, 'form-profile')];
  mkdirSync(profile);
  writeFileSync(
    path,
    `<!doctype html><meta charset="utf-8"><input id="name"><input id="password" type="password"><script>
      const [name, password] = ['name', 'password'].map((id) => document.getElementById(id));
      setInterval(() => (document.title = '[' + name.value + '|' + password.value + ']'), 20);
      name.focus();
    </script>`,
  );
  const flags = '--no-sandbox --no-first-run --disable-gpu --window-size=900,600'.split(' ');
  const program = await desk.open(
    ['chromium', ...flags, `--user-data-dir=${profile}`, `--app=file://${path}`],
    'chromium',
  );
  const title = (): string => desk.xdotool('getwindowname', program.windowId);
  const until = async (part: string): Promise<void> => {
    for (const untilMs = performance.now() + START_MS; !title().includes(part); await pause(LOOK_EVERY_MS))
      if (performance.now() > untilMs) throw new Error(`The page does not tell ${part}: ${title()}`);
  };
  await until('|');
  await desk.user.type('.');
  await until('[.|');
  await desk.user.key(Key.backspace);
  return {
    async read() {
      const [, name = '', password = ''] = /\[([^]*)\|([^]*)\]/u.exec(title()) ?? [];
      return { name, password: password.length };
    },
  };
}

let desk: Desk;
let sink: DesktopSink;

afterEach(async () => {
  await sink?.close();
  await desk?.close();
});

/** The user dictates into a name and goes on to the password before the draft is there. */
async function leave(open: (desk: Desk) => Promise<Form>, inputMethod: boolean) {
  desk = await openDesk({ inputMethod });
  sink = (await plugin.create({}, fakeContext({ pluginId: plugin.id }), signal)) as DesktopSink;
  const form = await open(desk);
  await desk.user.type('00');
  await pause(SEEN_MS);
  const told = dictation({ sessionId: 'left' });
  await sink.begin(told.info, signal);
  await desk.user.key(Key.tab);
  await pause(SEEN_MS);
  await sink.pin?.(told.info.sessionId, signal);
  const outcome = await sink.apply(told.edit('one', 'draft', 'private thoughts'), signal);
  await desk.user.type('12');
  await pause(SEEN_MS);
  return { kind: outcome.kind, ...(await form.read()) };
}

const missing = missingForDesk('zenity');
if (missing !== undefined) console.log(`skipped: ${missing}`);

describeUnless(missing)('a dictation whose user goes on to a password', () => {
  const inFirst = { kind: 'applied', name: '00private thoughts', password: 2 };
  const offered = { kind: 'offered', name: '00', password: 2 };

  testUnless(missing)('stands in the field in which it began, where fields can be read', async () => {
    expect(await leave(openZenity, false)).toEqual(inFirst);
  });

  const noPage = (...more: readonly string[]) =>
    isProof ? missingForDesk('chromium', ...more) : 'Only pnpm prove has the time that it needs.';

  testUnless(noPage())('is offered where it would be pasted', { timeout: 120_000 }, async () => {
    expect(await leave(openPage, false)).toEqual(offered);
  });

  testUnless(noPage('ibus-daemon'))(
    'is offered where the input method would write it',
    { timeout: 120_000 },
    async () => {
      expect(await leave(openPage, true)).toEqual(offered);
    },
  );
});
