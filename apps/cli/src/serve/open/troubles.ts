// What does not work as it should at the moment: told once when it begins, and in the status as long as it lasts.

import type { ErrorReport, VoiceInputError } from '@voiceinput/plugin-api';

export interface Troubles {
  /** In the order in which they began. */
  readonly now: readonly ErrorReport[];
  has(part: string): boolean;
  /** `part` does not work, or not as it should. */
  begin(part: string, error: VoiceInputError): void;
  /** It works again. */
  end(part: string): void;
}

export interface TroublesPort {
  /** Told of each trouble when it begins, and when its reason changes. */
  warn(error: VoiceInputError): void;
  /** Told of all that there are whenever one begins, changes or ends. */
  changed(now: readonly ErrorReport[]): void;
}

/** None in the beginning; each has the name of its part. */
export function createTroubles({ warn, changed }: TroublesPort): Troubles {
  const current = new Map<string, VoiceInputError>();
  const now = (): ErrorReport[] => [...current.values()].map((error) => error.toJSON());
  return {
    get now() {
      return now();
    },
    has: (part) => current.has(part),
    begin(part, error) {
      if (current.get(part)?.message === error.message) return;
      current.set(part, error);
      warn(error);
      changed(now());
    },
    end(part) {
      if (current.delete(part)) changed(now());
    },
  };
}
