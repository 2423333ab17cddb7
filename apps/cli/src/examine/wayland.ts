// What is told of a desktop on Linux: on Wayland, which windows are written to, and what is lacking.

import type { Finding } from '@voiceinput/client';
import { isWayland } from '@voiceinput/desktop';
import { missingAccessibility, missingCopier, openWaylandInput, runningCompositor } from '@voiceinput/desktop/wayland';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import type { Desktop } from '../serve/keys/desktop.ts';
import { foundDesktop } from './desktop.ts';

const what = 'desktop';
const HISTORY = 'For other windows the texts are in the history: voiceinput history';

/** What there is on Linux: X11 is told as such, Wayland with what it reaches. */
export async function foundLinux(kind: Exclude<Desktop['kind'], 'portable'>): Promise<Finding> {
  if (!isWayland()) return foundDesktop(kind, process.platform);
  const compositor = runningCompositor() ?? 'a compositor that is not known';
  const name = kind === 'x11' ? `Wayland (${compositor}) with XWayland` : `Wayland (${compositor})`;
  const accessibility = await missingAccessibility();
  if (accessibility !== undefined) return lacking(name, accessibility);
  const reached = kind === 'x11' ? 'text fields of GTK and Qt, and windows of X11' : 'text fields of GTK and Qt';
  const copier = kind === 'x11' ? undefined : missingCopier();
  const input = await openWaylandInput();
  input?.close();
  const others =
    input === undefined ? 'no others' : 'others get the draft once, if they take text from an input method';
  const detail = `${name}: ${reached} are written to and mended in place, ${others}`;
  if (copier !== undefined) return lacking(detail, copier);
  return { what, state: 'limited', detail, fix: HISTORY };
}

const lacking = (name: string, { message, code, hint }: VoiceInputError): Finding => ({
  what,
  state: 'limited',
  detail: `${name}. ${message} [${code}]`,
  fix: hint,
});
