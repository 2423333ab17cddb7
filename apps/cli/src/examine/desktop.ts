// What is told of a desktop that is there: how texts get into its fields, and whether that was ever tried.

import type { Finding } from '@voiceinput/client';
import { permissionHint } from '@voiceinput/desktop/portable';
import type { Desktop } from '../serve/keys/desktop.ts';

const names: Readonly<Partial<Record<NodeJS.Platform, string>>> = { darwin: 'macOS', win32: 'Windows' };

export function foundDesktop(kind: Desktop['kind'], platform: NodeJS.Platform): Finding {
  if (kind === 'x11') return { what: 'desktop', state: 'works', detail: 'X11' };
  const name = names[platform];
  if (name === undefined)
    return { what: 'desktop', state: 'works', detail: 'X11, by pasting alone, as on macOS and Windows' };
  const detail = `${name}, by pasting; not verified by CI`;
  const fix = permissionHint[platform];
  return { what: 'desktop', state: 'limited', detail, ...(fix !== undefined && { fix }) };
}
