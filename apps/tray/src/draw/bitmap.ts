// What a drawn picture is.

import { createCanvas } from '@napi-rs/canvas';
import type { SKRSContext2D } from '@napi-rs/canvas';

export interface Bitmap {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Red, green, blue, alpha, each 0…255; colours are not multiplied with alpha. */
  readonly rgba: Uint8ClampedArray;
}

export type Pen = SKRSContext2D;

/** What `paint` paints on a transparent ground. */
export function draw(widthPx: number, heightPx: number, paint: (pen: Pen) => void): Bitmap {
  const pen = createCanvas(widthPx, heightPx).getContext('2d');
  paint(pen);
  return { widthPx, heightPx, rgba: pen.getImageData(0, 0, widthPx, heightPx).data };
}

/** The picture as a PNG file. */
export function pngOf({ widthPx, heightPx, rgba }: Bitmap): Buffer {
  const canvas = createCanvas(widthPx, heightPx);
  const pen = canvas.getContext('2d');
  const picture = pen.createImageData(widthPx, heightPx);
  picture.data.set(rgba);
  pen.putImageData(picture, 0, 0);
  return canvas.toBuffer('image/png');
}
