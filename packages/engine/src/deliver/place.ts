// Where a session's text goes: what stands around it, asked once, and where it ends.

import type { Edit, Surroundings } from '@voiceinput/plugin-api';
import type { Fit } from './pieces.ts';
import { editFor, lastApplied } from './text.ts';
import type { SessionText, WantedText } from './text.ts';

export interface TextPlace {
  /** The edit that brings a wanted text to the place. Rejects on abort of the session. */
  editFor(text: SessionText, wanted: WantedText, why: Pick<Edit, 'cause' | 'asked'>): Promise<Edit>;
  /** Says that nothing is spoken behind this segment. */
  endWith(segmentId: string): void;
  /** What stands of the last segment, as it was wanted. Absent while more may be said, or when it does not stand. */
  end(text: SessionText): WantedText | undefined;
}

export interface TextPlaceOptions {
  readonly fit: Fit;
  /** Asked just before the first edit. */
  surroundings(): Promise<Surroundings>;
}

/** A place that nothing was written to yet. */
export function createPlace({ fit, surroundings: ask }: TextPlaceOptions): TextPlace {
  let surroundings: Surroundings | undefined;
  let lastSegmentId: string | undefined;
  return {
    async editFor(text, wanted, why) {
      surroundings ??= await ask();
      return editFor(text, wanted, { ...why, surroundings, fit, continued: wanted.segmentId !== lastSegmentId });
    },
    endWith: (segmentId) => void (lastSegmentId = segmentId),
    end(text) {
      const last = lastApplied(text);
      return last?.segmentId === lastSegmentId ? last : undefined;
    },
  };
}
