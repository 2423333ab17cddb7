// Which programs are mended through the input method of a Wayland seat: by what was tried.

import { readFileSync } from 'node:fs';
import type { WaylandClient } from '@voiceinput/desktop/wayland';
import { madeOf } from '../input-method/reach.ts';
import type { Program } from '../input-method/reach.ts';

const GTK3_LIBRARY = '/libgtk-3.so';

/**
 * Whether a better text takes the place of a draft there. Firefox tells late what it holds, and GTK 4 counts what is to go
 * otherwise than the protocol says.
 */
export function isMendedThroughSeat(program: Program, { around, isTerminal }: WaylandClient): boolean {
  if (around === undefined || isTerminal) return false;
  const made = madeOf(program);
  return made === 'chromium' || (made === 'other' && isGtk3(program));
}

function isGtk3({ pid }: Program): boolean {
  try {
    return pid !== undefined && readFileSync(`/proc/${pid}/maps`, 'utf8').includes(GTK3_LIBRARY);
  } catch {
    // Another user's program, or one that is gone: nothing is known of it.
    return false;
  }
}
