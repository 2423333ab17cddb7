// In which format the icon is handed over on each system.

import type { Bitmap } from '../../draw/bitmap.ts';
import { pngOf } from '../../draw/bitmap.ts';

/** 16 points at double density; Windows asks for 32 (SM_CXICON) and makes it smaller itself. */
const SIZE_PX = 32;
const HEAD_BYTES = 22;
const PICTURE_TYPE_ICON = 1;

const made = {
  ico: new WeakMap<readonly Bitmap[], string>(),
  png: new WeakMap<readonly Bitmap[], string>(),
};

/** In base64: an ICO for Windows, else a PNG. The same picture is made once. */
export function pictureOf(icon: readonly Bitmap[], platform: NodeJS.Platform): string {
  const format = platform === 'win32' ? 'ico' : 'png';
  const known = made[format].get(icon);
  if (known !== undefined) return known;
  const bitmap = icon.find(({ widthPx }) => widthPx === SIZE_PX) ?? icon.at(-1)!;
  const png = pngOf(bitmap);
  const picture = (format === 'ico' ? icoOf(png, bitmap) : png).toString('base64');
  made[format].set(icon, picture);
  return picture;
}

/**
 * One picture as an icon file of Windows: ICONDIR and one ICONDIRENTRY
 * (https://learn.microsoft.com/previous-versions/ms997538(v=msdn.10)), then a PNG, which is allowed since Windows Vista
 * (https://devblogs.microsoft.com/oldnewthing/20101022-00/?p=12473).
 */
export function icoOf(png: Buffer, { widthPx, heightPx }: Pick<Bitmap, 'widthPx' | 'heightPx'>): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt16LE(PICTURE_TYPE_ICON, 2);
  head.writeUInt16LE(1, 4); // pictures
  head.writeUInt8(widthPx, 6);
  head.writeUInt8(heightPx, 7);
  head.writeUInt16LE(1, 10); // planes
  head.writeUInt16LE(32, 12); // bits per pixel
  head.writeUInt32LE(png.length, 14);
  head.writeUInt32LE(HEAD_BYTES, 18);
  return Buffer.concat([head, png]);
}
