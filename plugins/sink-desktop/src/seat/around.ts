// What a user did, as far as it follows from what a field tells of the text around its caret.

/** `erased` counts UTF-16 units. */
export interface CaretEdit {
  readonly erased: number;
  readonly typed: string;
}

/** Fields that hold more tell only so much of it, at least. */
const CUT_SHORT_UNITS = 80;
/** Nobody types or erases more between two looks. */
const MOST_UNITS = 64;

/** Pages put such spaces where others would vanish. */
export const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

/** Whether both can be the end of the same text: what is told may be cut short, and so may be what is known. */
export const isSameEnd = (known: string, told: string): boolean => {
  const [one, other] = [plain(known), plain(told)];
  if (one === other) return true;
  const shorter = one.length < other.length ? one : other;
  return shorter.length >= CUT_SHORT_UNITS && one.endsWith(shorter) && other.endsWith(shorter);
};

/** The same for the text behind a caret. */
export const isSameStart = (known: string, told: string): boolean => {
  const [one, other] = [plain(known), plain(told)];
  if (one === other) return true;
  const shorter = one.length < other.length ? one : other;
  return shorter.length >= CUT_SHORT_UNITS && one.startsWith(shorter) && other.startsWith(shorter);
};

/** What was typed behind `known`, or typed over its end. Absent when that is not what was done. */
export function editIn(known: string, told: string): CaretEdit | undefined {
  for (let count = 0; count <= MOST_UNITS; count += 1)
    for (let erased = 0; erased <= Math.min(count, known.length); erased += 1) {
      const typed = told.slice(told.length - (count - erased));
      if (typed.length !== count - erased) continue;
      if (isSameEnd(known.slice(0, known.length - erased) + typed, told)) return { erased, typed };
    }
  return undefined;
}

/** What was typed behind `known`. Absent when something else was done. */
export function typedBehind(known: string, told: string): string | undefined {
  for (let count = 0; count <= Math.min(MOST_UNITS, told.length); count += 1) {
    const typed = told.slice(told.length - count);
    if (isSameEnd(known + typed, told)) return typed;
  }
  return undefined;
}

/** The text before a caret, as far back as it is known: what is told now says how its end is written. */
export function knownNow(known: string, before: string): string {
  return before.length >= known.length ? before : known.slice(0, known.length - before.length) + before;
}
