import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { promisify } from 'node:util';
import { openOverlay } from '@voiceinput/desktop';
import type { Overlay, Picture } from '@voiceinput/desktop';
import { missingForDisplay, openVirtualDisplay } from '@voiceinput/rig/display';
import type { VirtualDisplay } from '@voiceinput/rig/display';
import { missingPrograms } from '@voiceinput/rig/programs';
import { describeUnless } from '@voiceinput/rig/unless';
import { never } from '@voiceinput/testkit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { bands, opaqueRows, premultiplied } from '../src/overlay/pixels.ts';
import { scaleFrom } from '../src/overlay/scale.ts';

const missing = missingForDisplay() ?? missingPrograms('xdotool', 'xterm');

/** One colour, but nothing in the upper left quarter. */
function picture(widthPx: number, heightPx: number, color: readonly [number, number, number]): Picture {
  const rgba = new Uint8ClampedArray(widthPx * heightPx * 4);
  for (let y = 0; y < heightPx; y += 1)
    for (let x = 0; x < widthPx; x += 1) {
      const alpha = x < widthPx / 2 && y < heightPx / 2 ? 0 : 255;
      rgba.set([...color, alpha], (y * widthPx + x) * 4);
    }
  return { widthPx, heightPx, rgba };
}

test('colours are multiplied with alpha, in the order blue, green, red', () => {
  expect([...premultiplied(new Uint8ClampedArray([200, 100, 50, 128]))]).toEqual([25, 50, 100, 128]);
});

test('a large picture goes out in parts that fit, none lost', () => {
  const pixels = Buffer.alloc(2000 * 100 * 4, 7);
  const parts = [...bands(pixels, 2000, 100)];
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.every((part) => part.pixels.length <= 65_529 * 4)).toBe(true);
  expect(parts.map(({ yPx, rowsPx }) => [yPx, yPx + rowsPx]).flat()).toEqual([0, 32, 32, 64, 64, 96, 96, 100]);
});

test('where nothing is drawn the window has no part', () => {
  expect(opaqueRows(picture(4, 2, [1, 1, 1]))).toEqual([
    [2, 0, 2, 1],
    [0, 1, 4, 1],
  ]);
});

test('the scale is what the desktop says', () => {
  expect(scaleFrom('', undefined)).toBe(1);
  expect(scaleFrom('Xft.antialias:\t1\nXft.dpi:\t192\n', undefined)).toBe(2);
  expect(scaleFrom('Xft.dpi:\t120', '1')).toBe(1.25);
  expect(scaleFrom('Xft.dpi: 96', '2')).toBe(2);
  expect(scaleFrom('Xft.dpi: 50', 'nonsense')).toBe(1);
});

describeUnless(missing)('an overlay', () => {
  let server: VirtualDisplay;
  let overlay: Overlay;
  let terminal: ChildProcess;
  beforeAll(async () => {
    server = await openVirtualDisplay();
    process.env['DISPLAY'] = server.name;
    terminal = spawn('xterm', ['-geometry', '200x60+0+0'], { stdio: 'ignore' });
    const window = await vi.waitFor(async () => {
      const found = await xdotool('search', '--onlyvisible', '--class', 'xterm');
      expect(found).toMatch(/^\d+$/);
      return found;
    });
    await xdotool('windowfocus', '--sync', window);
    overlay = await openOverlay(never);
  });
  afterAll(async () => {
    await overlay.close();
    terminal.kill('SIGKILL');
    await server.close();
  });

  const xdotool = async (...args: readonly string[]): Promise<string> =>
    promisify(execFile)('xdotool', [...args]).then(
      ({ stdout }) => stdout.trim(),
      () => '',
    );

  /** Red, green and blue of a pixel of the screen. */
  async function pixel(x: number, y: number): Promise<readonly number[]> {
    const { widthPx, rgb } = await server.look();
    return [...rgb.subarray((y * widthPx + x) * 3).subarray(0, 3)];
  }

  // The pointer is to be seen too, so pixels elsewhere are looked at.
  // On a display of 1280 × 800, 72 above the lower edge.
  const place = { x: 440, y: 800 - 72 - 100 };

  test('lies over the window, without its focus and its clicks', async () => {
    const before = await xdotool('getwindowfocus');
    await xdotool('mousemove', '--sync', String(place.x + 300), String(place.y + 50));
    const pointed = await xdotool('getmouselocation');
    expect(pointed).toMatch(/window:\d+/);
    const below = await pixel(place.x + 10, place.y + 10);
    await overlay.show(picture(400, 100, [210, 60, 30]));
    await expect.poll(() => pixel(place.x + 350, place.y + 80)).toEqual([210, 60, 30]);
    expect(await pixel(place.x + 10, place.y + 10)).toEqual(below);
    expect(await xdotool('getwindowfocus')).toBe(before);
    expect(await xdotool('getmouselocation')).toBe(pointed);
  });

  test('changes its picture and its size, and hides', async () => {
    await overlay.show(picture(400, 100, [30, 200, 60]));
    await expect.poll(() => pixel(place.x + 350, place.y + 80)).toEqual([30, 200, 60]);
    await overlay.show(picture(200, 100, [30, 60, 200]));
    await expect.poll(() => pixel(640 + 50, place.y + 80)).toEqual([30, 60, 200]);
    expect(await pixel(place.x + 20, place.y + 80)).not.toEqual([30, 200, 60]);
    overlay.hide();
    await expect.poll(() => pixel(640 + 50, place.y + 80)).not.toEqual([30, 60, 200]);
  });

  test('a display that goes away is told', async () => {
    const other = await openVirtualDisplay();
    process.env['DISPLAY'] = other.name;
    const third = await openOverlay(never);
    process.env['DISPLAY'] = server.name;
    await other.close();
    expect(await third.lost).toMatchObject({ code: 'ERR_DISPLAY_MISSING' });
    await third.close();
  });
});
