// Accessibility is there again after its bus has gone, or came late, and that nobody fails without it.

import { isVoiceInputError } from '@voiceinput/plugin-api';
import { openAccessibility } from './accessibility.ts';
import type { Accessibility, AccessibilityOptions } from './accessibility.ts';

/** Where there is none, not every dictation waits for it. */
const ASK_AGAIN_MS = 5_000;
const never = new AbortController().signal;

/** What has the focus is absent too when nobody can say. */
export async function openLastingAccessibility(
  signal: AbortSignal,
  options: AccessibilityOptions = {},
): Promise<Accessibility> {
  let current = await openAccessibility(signal, options);
  let askedAtMs = performance.now();

  async function reopen(abort: AbortSignal): Promise<void> {
    askedAtMs = performance.now();
    current?.close();
    current = await openAccessibility(abort, options);
  }

  async function asked<T>(
    ask: (accessibility: Accessibility) => Promise<T>,
    abort?: AbortSignal,
  ): Promise<T | undefined> {
    try {
      if (!current?.alive && performance.now() - askedAtMs >= ASK_AGAIN_MS) await reopen(abort ?? never);
      return current && (await ask(current));
    } catch (error) {
      abort?.throwIfAborted();
      // The application, or the bus, is busy or gone: there are other ways to insert text.
      if (isVoiceInputError(error) && error.code === 'ERR_DESKTOP') return undefined;
      throw error;
    }
  }

  return {
    activeWindow: () => asked((accessibility) => accessibility.activeWindow()),
    focusedIn: (pid, abort) => asked((accessibility) => accessibility.focusedIn(pid, abort), abort),
    get alive() {
      return current?.alive === true;
    },
    close: () => current?.close(),
  };
}
