// Which keys a file of settings has twice: JSON keeps the last one and says nothing.

import { visit } from 'jsonc-parser';

/** A sentence about each; lines count from 1. */
export function doubledKeys(text: string): readonly string[] {
  const open: Map<string, number>[] = [];
  const sentences: string[] = [];
  visit(text, {
    onObjectBegin: () => void open.push(new Map()),
    onObjectEnd: () => void open.pop(),
    onObjectProperty(key, _offset, _length, startLine) {
      const lines = open.at(-1)!;
      const line = startLine + 1;
      const before = lines.get(key);
      if (before !== undefined)
        sentences.push(
          `${JSON.stringify(key)} is set in line ${before} and again in line ${line}; the last one counts.`,
        );
      lines.set(key, line);
    },
  });
  return sentences;
}
