// Which piece of a text a change of the whole belongs to.

import type { TextChange } from '@voiceinput/plugin-api';
import { applyChanges } from '@voiceinput/plugin-api';

/** The pieces after `changes` of their joined text: what is removed goes from each, what is inserted into the one where it begins. */
export function spread(pieces: readonly string[], changes: readonly TextChange[]): string[] {
  let pieceStart = 0;
  return pieces.map((piece, index) => {
    const pieceEnd = pieceStart + piece.length;
    const isLast = index === pieces.length - 1;
    const own = changes.flatMap(({ start, remove, insert }): TextChange[] => {
      const begins = start >= pieceStart && (start < pieceEnd || isLast);
      const from = Math.max(start, pieceStart);
      const to = Math.max(from, Math.min(start + remove, pieceEnd));
      if (!begins && from === to) return [];
      return [{ start: from - pieceStart, remove: to - from, insert: begins ? insert : '' }];
    });
    pieceStart = pieceEnd;
    return applyChanges(piece, own);
  });
}
