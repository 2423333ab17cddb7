// How the user hears of what went wrong: what it was, and what to do next.

import { showFailureToast } from '@raycast/utils';
import { isVoiceInputError } from '@voiceinput/plugin-api';

/** The result of `work`; nothing when it failed, which is then told. */
export async function attempt<T>(title: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    await showFailureToast(error, { title, message: explained(error) });
    return undefined;
  }
}

/** The message and, where there is one, the hint. */
export function explained(error: unknown): string {
  if (isVoiceInputError(error)) return `${error.message} ${error.hint}`;
  return error instanceof Error ? error.message : String(error);
}
