// Whether text fields can be reached at all: only through the accessibility bus of the session.

import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import { openBus } from '../bus/bus.ts';

const BUS = 'org.a11y.Bus';
/** It is started by whoever asks first. */
const ANSWER_MS = 5_000;

/** Why there is none: `ERR_DESKTOP`. Absent when there is one. */
export async function missingAccessibility(): Promise<VoiceInputError | undefined> {
  try {
    const bus = await openBus({ answerMs: ANSWER_MS });
    try {
      await bus.call({ destination: BUS, path: '/org/a11y/bus', interface: BUS, member: 'GetAddress' });
      return undefined;
    } finally {
      bus.close();
    }
  } catch (cause) {
    if (!isVoiceInputError(cause)) throw cause;
    const message = 'This session has no accessibility bus, through which text fields are written to on Wayland.';
    return new VoiceInputError('ERR_DESKTOP', message, {
      cause,
      hint: 'Install it and log in again: sudo apt-get install at-spi2-core',
    });
  }
}
