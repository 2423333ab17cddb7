// Accessibility is there again after its bus has gone, or came late, and that nobody fails without it.

import { isVoiceInputError } from '@voiceinput/plugin-api';
import { openAccessibility } from './accessibility.ts';
import type { Accessibility } from './accessibility.ts';

/** Where there is none, not every dictation waits for it. */
const ASK_AGAIN_MS = 5_000;

/** What has the focus is absent too when nobody can say. */
export async function openLastingAccessibility(signal: AbortSignal): Promise<Accessibility> {
  let current = await openAccessibility(signal);
  let askedAtMs = performance.now();

  async function reopen(abort: AbortSignal): Promise<void> {
    askedAtMs = performance.now();
    current?.close();
    current = await openAccessibility(abort);
  }

  return {
    async focusedIn(pid, abort) {
      try {
        if (!current?.alive && performance.now() - askedAtMs >= ASK_AGAIN_MS) await reopen(abort);
        return await current?.focusedIn(pid, abort);
      } catch (error) {
        abort.throwIfAborted();
        // The application, or the bus, is busy or gone: there are other ways to insert text.
        if (isVoiceInputError(error) && error.code === 'ERR_DESKTOP') return undefined;
        throw error;
      }
    },
    get alive() {
      return current?.alive === true;
    },
    close: () => current?.close(),
  };
}
