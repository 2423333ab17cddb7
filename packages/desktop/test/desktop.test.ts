import { execFile, execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { openDisplay, watchTrigger } from '@voiceinput/desktop';
import type { Display, InputEvent } from '@voiceinput/desktop';
import { missingForDisplay, openVirtualDisplay } from '@voiceinput/testkit/display';
import type { VirtualDisplay } from '@voiceinput/testkit/display';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const never = (): AbortSignal => new AbortController().signal;
const missing = missingForDisplay();
if (missing !== undefined) process.stderr.write(`Keys and clipboard are not tested. ${missing}\n`);

test('without a display it says so', async () => {
  const before = process.env['DISPLAY'];
  delete process.env['DISPLAY'];
  await expect(openDisplay(never())).rejects.toMatchObject({ code: 'ERR_DISPLAY_MISSING' });
  process.env['DISPLAY'] = ':987';
  await expect(openDisplay(never())).rejects.toMatchObject({ code: 'ERR_DISPLAY_MISSING' });
  if (before === undefined) delete process.env['DISPLAY'];
  else process.env['DISPLAY'] = before;
});

describe.skipIf(missing !== undefined)('a display', () => {
  let server: VirtualDisplay;
  let ours: Display;
  let other: Display;
  beforeAll(async () => {
    server = await openVirtualDisplay();
    process.env['DISPLAY'] = server.name;
    ours = await openDisplay(never());
    other = await openDisplay(never());
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
      ours.keyboard.send([{ key: 'Left', times: 2, shift: true }, { text: 'aB' }], never()),
    );
    const { keymap } = other.keyboard;
    const downs = events.filter(({ down }) => down).map(({ code }) => keymap.keysymAt(code, false));
    expect(downs).toEqual([0xffe1, 0xff51, 0xff51, 0x61, 0xffe1, 0x62]);
    expect(events.every(({ own, kind }) => own && kind === 'key')).toBe(true);
    expect(await ours.keyboard.down()).toEqual(new Set());
  });

  test('types what the layout does not have, and takes the keys back at the end', async () => {
    const third = await openDisplay(never());
    const events = await heardWhile(() => third.keyboard.send([{ text: 'Привет, 日本 😀' }], never()));
    expect(events.filter(({ down }) => down).length).toBeGreaterThanOrEqual(Array.from('Привет, 日本 😀').length);
    const before = (await openedKeymap()).strokeFor('П');
    expect(before).toBeDefined();
    await third.close();
    expect((await openedKeymap()).strokeFor('П')).toBeUndefined();
  });

  async function openedKeymap() {
    const display = await openDisplay(never());
    const { keymap } = display.keyboard;
    await display.close();
    return keymap;
  }

  test('lends the clipboard for a paste and gives it back', async () => {
    await other.clipboard.put('what the user copied');
    let pasted: string | undefined;
    const served = await ours.clipboard.lend('dictated', async () => {
      pasted = await (await openedClipboard()).text();
    });
    expect({ served, pasted }).toEqual({ served: true, pasted: 'dictated' });
    expect(await (await openedClipboard()).text()).toBe('what the user copied');
  });

  test('gives every form of the clipboard back, byte for byte, large ones too', async () => {
    const forms = { 'image/png': 200, 'text/html': 50, 'application/x-large': 600_000 };
    for (const [target, bytes] of Object.entries(forms)) {
      const data = Buffer.from(Array.from({ length: bytes }, (_, index) => (index * 7 + 13) % 256));
      if (!copyWithXclip(target, data)) return;
      // It takes the selection after it has gone to the background.
      await sleep(200);
      await ours.clipboard.lend('dictated', async () => void (await (await openedClipboard()).text()));
      // Not in a blocking way: this process serves what is asked for.
      const paste = promisify(execFile)('xclip', ['-selection', 'clipboard', '-t', target, '-o'], {
        encoding: 'buffer',
        maxBuffer: 10_000_000,
        timeout: 10_000,
      });
      const { stdout: back } = await paste;
      expect(back.equals(data), target).toBe(true);
    }
  });

  test('gives the clipboard back when the paste fails', async () => {
    await other.clipboard.put('what the user copied');
    const lent = ours.clipboard.lend('dictated', () => Promise.reject(new Error('called off')));
    await expect(lent).rejects.toThrow('called off');
    expect(await (await openedClipboard()).text()).toBe('what the user copied');
  });

  test('leaves alone what somebody copied meanwhile, and says when nobody pasted', async () => {
    await other.clipboard.put('old');
    const served = await ours.clipboard.lend('dictated', () => other.clipboard.put('new'));
    expect(served).toBe(false);
    expect(await (await openedClipboard()).text()).toBe('new');
  });

  const clipboards: Display[] = [];
  async function openedClipboard() {
    const display = await openDisplay(never());
    clipboards.push(display);
    return display.clipboard;
  }
  afterAll(() => Promise.all(clipboards.map((display) => display.close())));

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
    await ours.keyboard.send([{ key: 'Control_R' }, { key: 'Escape' }, { key: 'Left' }, { key: 'Control_R' }], never());
    await sleep(100);
    await trigger.close();
    expect(told).toEqual(['pressed', 'released', 'escaped', 'pressed', 'released']);
  });

  test('a trigger on a key that there is not says which there are', async () => {
    const watching = watchTrigger('Contrl_R', {
      input: other.input,
      keyboard: other.keyboard,
      keptKeys: other.keptKeys,
      pressed: never,
      released: never,
      usedAsModifier: never,
      escaped: never,
    });
    await expect(watching).rejects.toMatchObject({ code: 'ERR_DESKTOP', hint: expect.stringMatching(/Control_R/) });
  });

  test('has no active window where there is no window manager', async () => {
    expect(await ours.activeWindow()).toBeUndefined();
  });

  test('that lacks an extension is told of as one that is not there', async () => {
    const mine = await openVirtualDisplay({ without: 'XTEST' });
    process.env['DISPLAY'] = mine.name;
    const opening = openDisplay(never());
    process.env['DISPLAY'] = server.name;
    await expect(opening).rejects.toMatchObject({ code: 'ERR_DISPLAY_MISSING' });
    await mine.close();
  });

  test('that dies is told, and by whatever is asked of it', async () => {
    const mine = await openVirtualDisplay();
    process.env['DISPLAY'] = mine.name;
    const display = await openDisplay(never());
    process.env['DISPLAY'] = server.name;
    const { keyboard, clipboard } = display;
    const waiting = clipboard.lend('x', () => mine.close());
    await expect(waiting).rejects.toMatchObject({ code: 'ERR_DISPLAY_MISSING' });
    expect((await display.lost).code).toBe('ERR_DISPLAY_MISSING');
    const asked = [
      keyboard.down(),
      keyboard.prepare('é', never()),
      keyboard.send([{ text: 'a' }], never()),
      keyboard.releaseModifiers(),
      clipboard.text(),
      clipboard.put('x'),
      clipboard.lend('x', async () => undefined),
      display.activeWindow(),
    ];
    for (const answer of asked) await expect(answer).rejects.toMatchObject({ code: 'ERR_DISPLAY_MISSING' });
    await display.close();
  });

  test('that is closed is not told to be gone', async () => {
    const display = await openDisplay(never());
    await display.close();
    const told = await Promise.race([display.lost.then(() => 'gone'), sleep(200, 'quiet')]);
    expect(told).toBe('quiet');
  });
});

/** False, with a sentence, where there is no xclip. */
function copyWithXclip(target: string, data: Buffer): boolean {
  try {
    execFileSync('xclip', ['-selection', 'clipboard', '-t', target, '-i'], {
      input: data,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    process.stderr.write('Other forms of the clipboard are not tested. Install xclip (apt-get).\n');
    return false;
  }
}
