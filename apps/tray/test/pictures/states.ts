// How the picture of all states is laid out: icons on a dark and a light panel, and the overlay beside them.

import { createCanvas, ImageData } from '@napi-rs/canvas';
import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Bitmap } from '../../src/draw/bitmap.ts';
import { colors } from '../../src/draw/glyphs.ts';
import type { Sign } from '../../src/draw/glyphs.ts';
import { iconOf } from '../../src/draw/icon.ts';
import { pillOf } from '../../src/draw/pill.ts';
import { languages } from '../../src/messages/messages.ts';

const ROW_PX = 60;
const WIDTH_PX = 800;
const SIZES_PX = [16, 22, 44];
const panels = [
  { x: 0, color: '#2b2d31' },
  { x: 130, color: '#f2f2f2' },
];
const PILL_X = 270;
const GROUND = '#7b8fa1';

const heard = 'so i think we should meet on wednesday';
const words: Readonly<Record<Sign, string | undefined>> = {
  absent: undefined,
  idle: undefined,
  listening: '',
  draft: heard,
  refining: heard,
  refined: 'So, I think we should meet on Wednesday.',
  offered: 'So, I think we should meet on Wednesday.',
  'no-speech': '',
  error: 'The microphone went away.',
};

/** A PNG. */
export async function statesPicture(): Promise<Buffer> {
  const signs = Object.keys(colors) as Sign[];
  const canvas = createCanvas(WIDTH_PX, signs.length * ROW_PX);
  const pen = canvas.getContext('2d');
  pen.fillStyle = GROUND;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  for (const { x, color } of panels) {
    pen.fillStyle = color;
    pen.fillRect(x, 0, 130, canvas.height);
  }
  for (const [row, sign] of signs.entries()) paintRow(pen, sign, row * ROW_PX);
  return canvas.encode('png');
}

function paintRow(pen: SKRSContext2D, sign: Sign, top: number): void {
  for (const panel of panels) {
    let x = panel.x + 12;
    for (const sizePx of SIZES_PX) {
      put(
        pen,
        iconOf(sign, 0.7).find(({ widthPx }) => widthPx === sizePx)!,
        x,
        top + (ROW_PX - sizePx) / 2,
      );
      x += sizePx + 10;
    }
  }
  const said = words[sign];
  if (said === undefined) {
    pen.fillStyle = '#ffffff';
    pen.font = '15px "DejaVu Sans", sans-serif';
    pen.fillText(`${languages.en[sign]} (nothing is shown)`, PILL_X, top + ROW_PX / 2 + 5);
    return;
  }
  const loud = Array.from({ length: 20 }, (_, index) => 0.5 + 0.4 * Math.sin(index * 1.7) * Math.cos(index / 3));
  put(pen, pillOf({ sign, loud, words: said, keeps: 'end', stage: languages.en[sign] }, 1), PILL_X, top + 8);
}

function put(pen: SKRSContext2D, { rgba, widthPx, heightPx }: Bitmap, x: number, y: number): void {
  const part = createCanvas(widthPx, heightPx);
  part.getContext('2d').putImageData(new ImageData(rgba, widthPx, heightPx), 0, 0);
  pen.drawImage(part, x, y);
}

/** The part of a screen that is to be seen, as a PNG. */
export async function pngOf(
  { rgb, widthPx, heightPx }: { readonly rgb: Buffer; readonly widthPx: number; readonly heightPx: number },
  area: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): Promise<Buffer> {
  const rgba = new Uint8ClampedArray(widthPx * heightPx * 4).fill(255);
  for (let pixel = 0; pixel < widthPx * heightPx; pixel += 1)
    rgba.set(rgb.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
  const whole = createCanvas(widthPx, heightPx);
  whole.getContext('2d').putImageData(new ImageData(rgba, widthPx, heightPx), 0, 0);
  const part = createCanvas(area.width, area.height);
  part.getContext('2d').drawImage(whole, -area.x, -area.y);
  return part.encode('png');
}
