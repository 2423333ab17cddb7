// How tests see what each key of the keyboard gives, and which are held.

import { execFileSync } from 'node:child_process';
import { openDisplay } from '@voiceinput/desktop';

/** The map as `xmodmap -pke` tells it, and the keycodes that are down. */
export async function keysOf(signal: AbortSignal): Promise<{ readonly map: string; readonly held: readonly number[] }> {
  const map = execFileSync('xmodmap', ['-pke'], { encoding: 'utf8' }).replaceAll(/(?: NoSymbol)+ *$/gm, '');
  const display = await openDisplay(signal);
  const held = [...(await display.keyboard.down())];
  await display.close();
  return { map, held };
}
