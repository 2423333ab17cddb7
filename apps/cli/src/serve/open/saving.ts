// That dictations cannot be saved at the moment: told once, and in the status until one is saved again.

import type { ErrorReport } from '@voiceinput/plugin-api';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type { Broadcast } from '../answer/broadcast.ts';
import type { Troubles } from './troubles.ts';

const PART = 'saving';

/** Each dictation says so by itself to whoever follows it; log and status hear of the first only. */
export function followSaving(broadcast: Broadcast, troubles: Troubles): void {
  const unsaved = new Set<unknown>();
  let isTold = false;
  broadcast.listen(({ type, sessionId, error }) => {
    if (type === 'warning' && (error as ErrorReport).code === 'ERR_STORAGE') {
      unsaved.add(sessionId);
      if (!isTold) troubles.begin(PART, VoiceInputError.fromReport(error as ErrorReport));
      isTold = true;
    }
    if (type !== 'history' || unsaved.delete(sessionId) || !isTold) return;
    troubles.end(PART);
    isTold = false;
  });
}
