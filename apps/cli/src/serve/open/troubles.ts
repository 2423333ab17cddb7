// What does not work as it should at the moment: told once when it begins, and in the status as long as it lasts.

import type { ErrorReport, VoiceInputError } from '@voiceinput/plugin-api';

export interface Troubles {
  /** In the order in which they began. */
  readonly now: readonly ErrorReport[];
  /** `part` does not work, or not as it should. */
  begin(part: string, error: VoiceInputError): void;
  /** It works again. */
  end(part: string): void;
}

/** `warn` is told of each trouble when it begins, and when its reason changes. */
export function createTroubles(warn: (error: VoiceInputError) => void): Troubles {
  const current = new Map<string, VoiceInputError>();
  return {
    get now() {
      return [...current.values()].map((error) => error.toJSON());
    },
    begin(part, error) {
      if (current.get(part)?.message === error.message) return;
      current.set(part, error);
      warn(error);
    },
    end: (part) => void current.delete(part),
  };
}
