// How a picture's pixels are sent to an X11 window with 32 bits a pixel.

import type { Picture } from './picture.ts';

/** A plain request has at most 65,535 words of 4 bytes, 6 of which are its head (X11 protocol, PutImage). */
const MOST_BAND_BYTES = (65_535 - 6) * 4;
const OPAQUE = 128;

type Row = readonly [x: number, y: number, width: number, height: number];

/** Blue, green, red, alpha; colours multiplied with alpha, as compositors want them. */
export function premultiplied(rgba: Uint8ClampedArray): Buffer {
  const pixels = Buffer.alloc(rgba.length);
  for (let index = 0; index < rgba.length; index += 4) {
    const alpha = rgba[index + 3]!;
    pixels[index] = Math.round((rgba[index + 2]! * alpha) / 255);
    pixels[index + 1] = Math.round((rgba[index + 1]! * alpha) / 255);
    pixels[index + 2] = Math.round((rgba[index]! * alpha) / 255);
    pixels[index + 3] = alpha;
  }
  return pixels;
}

/** `pixels` in parts that each fit into a request. */
export function* bands(
  pixels: Buffer,
  widthPx: number,
  heightPx: number,
): Generator<{ yPx: number; rowsPx: number; pixels: Buffer }> {
  const rowBytes = widthPx * 4;
  const mostRowsPx = Math.max(1, Math.floor(MOST_BAND_BYTES / rowBytes));
  for (let yPx = 0; yPx < heightPx; yPx += mostRowsPx) {
    const rowsPx = Math.min(mostRowsPx, heightPx - yPx);
    yield { yPx, rowsPx, pixels: pixels.subarray(yPx * rowBytes, (yPx + rowsPx) * rowBytes) };
  }
}

/** Of each row the stretch from its first to its last pixel that is rather opaque. */
export function opaqueRows({ widthPx, heightPx, rgba }: Picture): Row[] {
  const rows: Row[] = [];
  for (let y = 0; y < heightPx; y += 1) {
    const isOpaque = (x: number): boolean => rgba[(y * widthPx + x) * 4 + 3]! >= OPAQUE;
    let left = 0;
    while (left < widthPx && !isOpaque(left)) left += 1;
    let right = widthPx;
    while (right > left && !isOpaque(right - 1)) right -= 1;
    if (right > left) rows.push([left, y, right - left, 1]);
  }
  return rows;
}
