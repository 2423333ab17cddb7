import { setTimeout as pause } from 'node:timers/promises';
import { keyCodes, openPortableDesktop, openTextClipboard, watchHeldKey } from '@voiceinput/desktop/portable';
import type { PortableDesktop, PortableEvent } from '@voiceinput/desktop/portable';
import { Key, missingForDesk, openDesk } from '@voiceinput/rig/desk';
import type { Desk } from '@voiceinput/rig/desk';
import { describeUnless } from '@voiceinput/rig/unless';
import { never } from '@voiceinput/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

const missing = missingForDesk('mousepad');

test.skipIf(process.platform !== 'linux')('without a display it says so, and the process lives on', async () => {
  const before = process.env['DISPLAY'];
  delete process.env['DISPLAY'];
  await expect(openPortableDesktop(never)).rejects.toMatchObject({ code: 'ERR_DISPLAY_MISSING' });
  process.env['DISPLAY'] = ':987';
  await expect(openPortableDesktop(never)).rejects.toMatchObject({ code: 'ERR_DISPLAY_MISSING' });
  if (before === undefined) delete process.env['DISPLAY'];
  else process.env['DISPLAY'] = before;
});

describeUnless(missing)('the packages that hear and send keys, on a desktop', () => {
  let desk: Desk;
  let portable: PortableDesktop;
  beforeAll(async () => {
    desk = await openDesk({ untilExit: true });
    // Without a window that has the focus, the server holds events back.
    await desk.open(['mousepad'], 'mousepad');
    portable = await openPortableDesktop(never);
  });
  afterAll(async () => {
    await portable?.close();
    await desk?.close();
  });

  async function heardWhile(work: () => Promise<void> | void): Promise<PortableEvent[]> {
    const events: PortableEvent[] = [];
    const end = portable.input.watch((event) => events.push(event));
    await work();
    await pause(300);
    end();
    return events;
  }

  test('the names of keys stand for the numbers of the package', async () => {
    const { UiohookKey } = await import('uiohook-napi');
    const theirs: Readonly<Record<string, string>> = {
      ArrowLeft: 'Left',
      ArrowUp: 'Up',
      ArrowRight: 'Right',
      ArrowDown: 'Down',
      Backspace: 'BackSpace',
      Enter: 'Return',
      Shift: 'Shift_L',
      ShiftRight: 'Shift_R',
      Ctrl: 'Control_L',
      CtrlRight: 'Control_R',
      Alt: 'Alt_L',
      AltRight: 'Alt_R',
      Meta: 'Super_L',
      MetaRight: 'Super_R',
      CapsLock: 'Caps_Lock',
      ScrollLock: 'Scroll_Lock',
    };
    let compared = 0;
    for (const [name, code] of Object.entries(UiohookKey)) {
      const ours = keyCodes[theirs[name] ?? name];
      if (ours === undefined) continue;
      compared += 1;
      expect([name, ours]).toEqual([name, code]);
    }
    expect(compared).toBeGreaterThan(40);
  });

  test('all keys that are sent are heard as our own, the user’s as theirs', async () => {
    const ours = await heardWhile(async () => {
      portable.keys.send([
        { text: 'The quick brown fox jumps over 1234567890 lazy dogs; a-b, c/d.' },
        { key: 'Left', times: 3 },
        { key: 'Left', times: 2, with: 'shift' },
      ]);
      portable.keys.send([{ key: 'BackSpace' }, { key: 'Right', times: 3 }, { key: 'v', with: 'control' }]);
      expect(await portable.keys.heard()).toBe(true);
    });
    expect(ours.filter(({ down }) => down).length).toBeGreaterThan(15);
    expect(ours.filter(({ own }) => !own)).toEqual([]);
    const theirs = await heardWhile(() => desk.user.type('abc', () => 60));
    expect(theirs.map(({ own, down }) => ({ own, down }))).toEqual(
      [true, false, true, false, true, false].map((down) => ({ own: false, down })),
    );
    const clicked = await heardWhile(() => desk.user.click(300, 300));
    expect(clicked.map(({ kind, code }) => ({ kind, code }))).toEqual([{ kind: 'button', code: 1 }]);
  });

  test('a key is heard held and released, by its name', async () => {
    const told: string[] = [];
    const end = watchHeldKey('Control_R', {
      input: portable.input,
      longestMs: 60_000,
      pressed: () => told.push('pressed'),
      released: () => told.push('released'),
      usedAsModifier: () => told.push('used'),
      escaped: () => told.push('escaped'),
    });
    await desk.user.key(0xffe4);
    await desk.user.key(0xff1b);
    await desk.user.key(Key.left, 0xffe4);
    await pause(200);
    end();
    expect(told).toEqual(['pressed', 'released', 'escaped', 'pressed', 'used']);
  });

  test('a modifier that is held is let go, and that is our own doing', async () => {
    const code = keyCodes['Control_R']!;
    desk.xdotool('keydown', '105');
    await pause(100);
    const events = await heardWhile(() => portable.keys.letGo(code));
    desk.xdotool('keyup', '105');
    expect(events.map(({ own, down, code: heard }) => ({ own, down, heard }))).toEqual([
      { own: true, down: false, heard: code },
    ]);
  });

  test('the clipboard is lent and comes back, also what another program put there', async () => {
    desk.copied.write('what the user copied');
    await expect.poll(() => desk.copied.read()).toBe('what the user copied');
    portable.clipboard.lend('dictated — «в кафе» 🎉');
    expect(await desk.copied.read()).toBe('dictated — «в кафе» 🎉');
    await expect.poll(() => desk.copied.read()).toBe('what the user copied');
  });

  test('the clipboard can be had alone, and what is put there stays', async () => {
    const clipboard = await openTextClipboard(never);
    clipboard.put('to stay');
    await clipboard.close();
    expect(await desk.copied.read()).toBe('to stay');
  });

  test('whoever opens it again gets the same, and it ends with the last', async () => {
    const other = await openPortableDesktop(never);
    await other.close();
    await other.close();
    expect(await heardWhile(() => desk.user.type('a'))).toHaveLength(2);
  });
});
