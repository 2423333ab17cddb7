// Which windows our input method reaches, and how text is mended there: by what was tried.

import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { InputClient, MendingWay } from '@voiceinput/desktop/input-method';

/** Firefox and what is made of it. */
const GECKO = /^(?:firefox(?:-esr)?|navigator|librewolf|waterfox|thunderbird(?:-.*)?)$/i;

/** What lies beside every program that is made of Chromium, whatever its name. */
const CHROMIUM_FILE = 'chrome_100_percent.pak';

const GTK4_LIBRARY = '/libgtk-4.so';

/** What a window's program is made of, as far as the way of mending depends on it. */
export type Made = 'gecko' | 'chromium' | 'gtk4' | 'other';

export interface Program {
  readonly names: readonly string[];
  readonly pid?: number;
}

/** By names and by what lies beside the program. */
export function madeOf({ names, pid }: Program): Made {
  if (names.some((name) => GECKO.test(name))) return 'gecko';
  if (pid === undefined) return 'other';
  if (isChromium(pid)) return 'chromium';
  return isGtk4(pid) ? 'gtk4' : 'other';
}

function isChromium(pid: number): boolean {
  try {
    return existsSync(join(dirname(readlinkSync(`/proc/${pid}/exe`)), CHROMIUM_FILE));
  } catch {
    // Another user's program, or one that is gone: nothing is known of it.
    return false;
  }
}

function isGtk4(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/maps`, 'utf8').includes(GTK4_LIBRARY);
  } catch {
    return false;
  }
}

/** How text is mended there. Absent: nobody tried it, so the window is written to as without an input method. */
export function wayFor(made: Made, client: InputClient): MendingWay | undefined {
  if (made === 'gecko' || made === 'chromium') return 'selected';
  // It loses keys and changes their order while another program answers for them.
  if (made === 'gtk4') return undefined;
  return client.canTell ? 'surrounding' : undefined;
}
