// Which key, and how it is used: the key is pressed where a display can be asked, else it is named.

import { log } from '@clack/prompts';
import type { Mode } from '@voiceinput/client';
import { isVoiceInputError } from '@voiceinput/plugin-api';
import { isPortable } from '../built-in/platform.ts';
import type { SetupAnswers } from './answers.ts';
import { choose, whyOf, write } from './ask.ts';
import type { Asking } from './ask.ts';
import type { Loaded } from './carry-out.ts';
import { CONTROL_C, nextKey } from './terminal.ts';

type Wanted = 'press' | 'write' | 'none' | undefined;

/** Rejects with `Left`. */
export async function askKey({ dictation }: Loaded, asking: Asking): Promise<Pick<SetupAnswers, 'key' | 'mode'>> {
  const { say, signal } = asking;
  const { isWayland } = await import('@voiceinput/desktop');
  const canPress = !isPortable && !isWayland() && (process.env['DISPLAY'] ?? '') !== '';
  const wanted = await choose<Wanted>(
    say.askKey(dictation.key || say.noKey),
    [
      { value: undefined, label: say.leaveAsIs },
      ...(canPress ? [{ value: 'press' as const, label: say.keyPress }] : []),
      { value: 'write', label: say.keyWrite },
      { value: 'none', label: say.keyNone },
    ],
    { signal },
  );
  if (wanted === undefined) return {};
  if (wanted === 'none') return { key: '' };
  if (isWayland()) log.info(say.waylandKey);
  const key = wanted === 'press' ? await pressed(asking) : await named(dictation.key, asking);
  if (key === undefined) return {};
  log.success(say.keyIs(key));
  const mode = await choose<Mode>(
    say.askMode,
    [
      { value: 'hold', label: say.modeHold },
      { value: 'toggle', label: say.modeToggle },
      { value: 'hands-free', label: say.modeHandsFree },
    ],
    { initial: dictation.mode, signal },
  );
  return { key, mode };
}

/** Absent when the user would rather leave it as it is, or the display cannot be asked. */
async function pressed({ say, signal }: Asking): Promise<string | undefined> {
  const { openDisplay, pressedKey } = await import('@voiceinput/desktop');
  const display = await openDisplay(signal).catch((error: unknown) => {
    if (!isVoiceInputError(error)) throw error;
    log.warn(whyOf(error));
    return undefined;
  });
  if (display === undefined) return undefined;
  // What the terminal gets of the key is no answer to the next question.
  const deaf = new AbortController();
  const swallowing = swallow(AbortSignal.any([signal, deaf.signal]));
  try {
    for (;;) {
      log.step(say.pressNow);
      const key = await pressedKey(display, signal).catch((error: unknown) => {
        if (!isVoiceInputError(error) || signal.aborted) throw error;
        log.warn(whyOf(error));
        return undefined;
      });
      if (key === 'Escape') return undefined;
      if (key !== undefined) return key;
    }
  } finally {
    deaf.abort();
    await swallowing;
    await display.close();
  }
}

async function swallow(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const data = await nextKey(signal).catch(() => '');
    if (data === CONTROL_C) process.kill(process.pid, 'SIGINT');
  }
}

async function named(present: string, { say, signal }: Asking): Promise<string> {
  const { refuseUnknownKey } = await import('@voiceinput/desktop');
  return write(say.writeKey, {
    initial: present,
    signal,
    refuse(text) {
      try {
        refuseUnknownKey(text);
        return undefined;
      } catch (error) {
        return whyOf(error);
      }
    },
  });
}
