// Which toolkits can be written to through accessibility, and how each counts text.

import { codePoints, utf16 } from '@voiceinput/field';
import type { Unit } from '@voiceinput/field';

export interface Toolkit {
  readonly unit: Unit;
  /** The length that `InsertText` wants to be told. */
  insertLength(text: string): number;
  /** Whether it tells which text was deleted. Qt 5 tells as many spaces. */
  readonly tellsDeleted: boolean;
}

const gtk: Toolkit = { unit: codePoints, insertLength: (text) => Buffer.byteLength(text), tellsDeleted: true };
const qt: Toolkit = { unit: utf16, insertLength: (text) => text.length, tellsDeleted: false };

/** The toolkit behind `Application.ToolkitName`. Absent: how it counts is not known, so nothing is written. */
export function toolkitNamed(name: unknown): Toolkit | undefined {
  if (typeof name !== 'string') return undefined;
  if (/^gtk$/i.test(name)) return gtk;
  return /^qt$/i.test(name) ? qt : undefined;
}
