// What the key does, by the mode that is set; a press drops nothing but what it began.

import type { DictationSettings } from '@voiceinput/engine';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import { isVoiceInputError } from '@voiceinput/plugin-api';
import type { Dictations } from '../dictate/dictations.ts';

/** A press that is shorter was not meant to be spoken into. */
const TAP_MS = 150;
/** Whoever taps to toggle is not in a hurry, and nobody says anything in so short a time. */
const TOGGLING_TAP_MS = 300;

/** So soon another key makes a shortcut of it. Later it was struck by mistake, and what was said counts. */
const SHORTCUT_MS = 1_000;

export interface KeyPort {
  readonly dictations: Pick<Dictations, 'recording' | 'start' | 'stop' | 'cancel' | 'withdraw'>;
  settings(): Pick<DictationSettings, 'mode' | 'tapToggles'>;
  warn(error: VoiceInputError): void;
}

export interface KeyActions {
  pressed(): void;
  released(): void;
  /** Another key was pressed while this one was held. */
  usedAsModifier(): void;
  escaped(): void;
  /** A press that begins or ends, whatever the mode. */
  toggled(): void;
  /** The keyboard has gone. */
  gone(): void;
}

/** What pressing, holding and releasing the key does to dictations; they are read with the profile of that name. */
export function keyActions({ dictations, settings, warn }: KeyPort, profile?: string): KeyActions {
  let pressedAtMs = 0;
  /** What the last press began. */
  let begun: string | undefined;
  /** A tap began it, so that it goes on until the next press. */
  let isToggled = false;

  const isOwn = (): boolean => begun !== undefined && dictations.recording?.sessionId === begun;

  function begin(): void {
    const before = dictations.recording?.sessionId;
    try {
      const { sessionId } = dictations.start({ profile });
      begun = sessionId === before ? undefined : sessionId;
    } catch (error) {
      if (!isVoiceInputError(error)) throw error;
      warn(error);
    }
  }

  return {
    pressed() {
      pressedAtMs = performance.now();
      const isEnding = settings().mode !== 'hold' || (isOwn() && isToggled);
      isToggled = false;
      if (isEnding && dictations.recording !== undefined) {
        begun = undefined;
        return dictations.stop();
      }
      begun = undefined;
      begin();
    },
    released() {
      const { mode, tapToggles } = settings();
      if (mode !== 'hold') return;
      const isTap = performance.now() - pressedAtMs < (tapToggles ? TOGGLING_TAP_MS : TAP_MS);
      if (isTap && tapToggles) isToggled = isOwn();
      else if (!isTap) dictations.stop();
      else if (isOwn()) dictations.withdraw();
    },
    usedAsModifier() {
      if (!isOwn()) return;
      if (performance.now() - pressedAtMs < SHORTCUT_MS) dictations.withdraw();
      else dictations.stop();
    },
    escaped() {
      if (dictations.recording !== undefined) dictations.cancel();
    },
    toggled() {
      if (dictations.recording === undefined) begin();
      else dictations.stop();
    },
    gone() {
      if (isOwn() && settings().mode === 'hold') dictations.stop();
    },
  };
}
