import { setTimeout as sleep } from 'node:timers/promises';
import { openDisplay, watchTrigger } from '@voiceinput/desktop';
import type { Display, InputEvent } from '@voiceinput/desktop';
import { missingForDisplay, openVirtualDisplay } from '@voiceinput/rig/display';
import type { VirtualDisplay } from '@voiceinput/rig/display';
import { describeUnless } from '@voiceinput/rig/unless';
import { never } from '@voiceinput/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ignore = (): void => undefined;
const missing = missingForDisplay();

test('without a display it says so', async () => {
  const before = process.env['DISPLAY'];
  delete process.env['DISPLAY'];
  await expect(openDisplay(never)).rejects.toMatchObject({ code: 'ERR_DISPLAY_MISSING' });
  process.env['DISPLAY'] = ':987';
  await expect(openDisplay(never)).rejects.toMatchObject({ code: 'ERR_DISPLAY_MISSING' });
  if (before === undefined) delete process.env['DISPLAY'];
  else process.env['DISPLAY'] = before;
});

describeUnless(missing)('a display', () => {
  let server: VirtualDisplay;
  let ours: Display;
  let other: Display;
  beforeAll(async () => {
    server = await openVirtualDisplay();
    process.env['DISPLAY'] = server.name;
    ours = await openDisplay(never);
    other = await openDisplay(never);
  });
  afterAll(async () => {
    await other.close();
    await ours.close();
    await server.close();
  });

  async function heardWhile(work: () => Promise<void>): Promise<InputEvent[]> {
    const events: InputEvent[] = [];
    const end = other.input.watch((event) => events.push(event));
    await work();
    await sleep(100);
    end();
    return events;
  }

  test('is told keys in their order, and that they were not made at a device', async () => {
    const events = await heardWhile(() =>
      ours.keyboard.send([{ key: 'Left', times: 2, shift: true }, { text: 'aB' }], never),
    );
    const { keymap } = other.keyboard;
    const downs = events.filter(({ down }) => down).map(({ code }) => keymap.keysymsAt(code, false)[0]);
    expect(downs).toEqual([0xffe1, 0xff51, 0xff51, 0x61, 0xffe1, 0x62]);
    expect(events.every(({ own, kind }) => own && kind === 'key')).toBe(true);
    expect(await ours.keyboard.down()).toEqual(new Set());
  });

  test('types what the layout does not have, and takes the keys back at the end', async () => {
    const third = await openDisplay(never);
    const events = await heardWhile(() => third.keyboard.send([{ text: 'Привет, 日本 😀' }], never));
    expect(events.filter(({ down }) => down).length).toBeGreaterThanOrEqual(Array.from('Привет, 日本 😀').length);
    const before = (await openedKeymap()).strokeFor('П');
    expect(before).toBeDefined();
    await third.close();
    expect((await openedKeymap()).strokeFor('П')).toBeUndefined();
  });

  async function openedKeymap() {
    const display = await openDisplay(never);
    const { keymap } = display.keyboard;
    await display.close();
    return keymap;
  }

  test('a trigger hears press and release once each, and Escape', async () => {
    const told: string[] = [];
    const trigger = await watchTrigger('Control_R', {
      input: other.input,
      keyboard: other.keyboard,
      keptKeys: other.keptKeys,
      pressed: () => told.push('pressed'),
      released: () => told.push('released'),
      usedAsModifier: () => told.push('used'),
      escaped: () => told.push('escaped'),
    });
    await ours.keyboard.send([{ key: 'Control_R' }, { key: 'Escape' }, { key: 'Left' }, { key: 'Control_R' }], never);
    await sleep(100);
    await trigger.close();
    expect(told).toEqual(['pressed', 'released', 'escaped', 'pressed', 'released']);
  });

  test('a trigger on a key that there is not says which there are', async () => {
    const watching = watchTrigger('Contrl_R', {
      input: other.input,
      keyboard: other.keyboard,
      keptKeys: other.keptKeys,
      pressed: ignore,
      released: ignore,
      usedAsModifier: ignore,
      escaped: ignore,
    });
    await expect(watching).rejects.toMatchObject({ code: 'ERR_DESKTOP', hint: expect.stringMatching(/Control_R/) });
  });

  test('has no active window where there is no window manager', async () => {
    expect(await ours.activeWindow()).toBeUndefined();
  });

  test('that lacks an extension is told of as one that is not there', async () => {
    const mine = await openVirtualDisplay({ without: 'XTEST' });
    process.env['DISPLAY'] = mine.name;
    const opening = openDisplay(never);
    process.env['DISPLAY'] = server.name;
    await expect(opening).rejects.toMatchObject({ code: 'ERR_DISPLAY_MISSING' });
    await mine.close();
  });

  test('that does not admit us is told of as one that is not there', async () => {
    const mine = await openVirtualDisplay({ isClosed: true });
    process.env['DISPLAY'] = mine.name;
    const opening = openDisplay(never);
    process.env['DISPLAY'] = server.name;
    await expect(opening).rejects.toMatchObject({ code: 'ERR_DISPLAY_MISSING' });
    await mine.close();
  });

  test('that dies is told, and by whatever is asked of it', async () => {
    const mine = await openVirtualDisplay();
    process.env['DISPLAY'] = mine.name;
    const display = await openDisplay(never);
    process.env['DISPLAY'] = server.name;
    const { keyboard, clipboard } = display;
    const paste = async (): Promise<boolean> => {
      await mine.close();
      return true;
    };
    const waiting = clipboard.lend({ text: 'x', windowId: 1, paste }, never);
    await expect(waiting).rejects.toMatchObject({ code: 'ERR_DISPLAY_MISSING' });
    expect((await display.lost).code).toBe('ERR_DISPLAY_MISSING');
    const asked = [
      keyboard.down(),
      keyboard.prepare('é', never),
      keyboard.send([{ text: 'a' }], never),
      keyboard.releaseModifiers(),
      clipboard.text(),
      clipboard.put('x'),
      clipboard.lend({ text: 'x', windowId: 1, paste: async () => true }, never),
      display.activeWindow(),
    ];
    for (const answer of asked) await expect(answer).rejects.toMatchObject({ code: 'ERR_DISPLAY_MISSING' });
    await display.close();
  });

  test('that is closed is not told to be gone', async () => {
    const display = await openDisplay(never);
    await display.close();
    const told = await Promise.race([display.lost.then(() => 'gone'), sleep(200, 'quiet')]);
    expect(told).toBe('quiet');
  });
});
