// Which icons are drawn: one of each sign, in every size that panels ask for, drawn once.

import { draw } from './bitmap.ts';
import type { Bitmap } from './bitmap.ts';
import { FIELD, paintSign } from './glyphs.ts';
import type { Sign } from './glyphs.ts';

/** Of panels at usual and double density. */
const SIZES_PX = [16, 22, 24, 32, 44, 48, 64];
/** Finer differences of loudness cannot be seen in a panel. */
const STEPS = 5;

const drawn = new Map<string, readonly Bitmap[]>();

/** The same object for what looks the same. `loud`: 0…1, seen while listening. */
export function iconOf(sign: Sign, loud = 0): readonly Bitmap[] {
  const step = sign === 'listening' ? Math.round(loud * STEPS) : 0;
  const key = `${sign} ${step}`;
  const known = drawn.get(key) ?? SIZES_PX.map((sizePx) => paintedIcon(sign, step / STEPS, sizePx));
  drawn.set(key, known);
  return known;
}

function paintedIcon(sign: Sign, loud: number, sizePx: number): Bitmap {
  return draw(sizePx, sizePx, (pen) => {
    pen.scale(sizePx / FIELD, sizePx / FIELD);
    paintSign(pen, sign, loud);
  });
}
