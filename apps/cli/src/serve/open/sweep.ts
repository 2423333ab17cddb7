// When old dictations and recordings are removed: at the start, then every hour.

import type { VoiceInputError } from '@voiceinput/plugin-api';
import type { History } from '../../history/history.ts';
import { failed } from './trouble.ts';

const EVERY_MS = 3_600_000;

/** What cannot be removed keeps nobody from dictating. Gives what ends it. */
export function sweepRegularly(
  history: Pick<History, 'sweep'>,
  warn: (error: VoiceInputError) => void,
): () => Promise<void> {
  const sweep = (): Promise<void> =>
    history.sweep().catch((error: unknown) => warn(failed('Old dictations cannot be removed', error)));
  let sweeping = sweep();
  const timer = setInterval(() => {
    sweeping = sweeping.then(sweep);
  }, EVERY_MS);
  return async () => {
    clearInterval(timer);
    await sweeping;
  };
}
