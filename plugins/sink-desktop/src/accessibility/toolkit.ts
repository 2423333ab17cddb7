// Which toolkits can be written to through accessibility, and how each counts text.

import { codePoints, utf16 } from '@voiceinput/field';
import type { Unit } from '@voiceinput/field';

export interface Toolkit {
  readonly unit: Unit;
  /** The length that `InsertText` wants to be told. */
  insertLength(text: string): number;
  /** Whether it tells which text was deleted. Qt 5 tells as many spaces. */
  readonly tellsDeleted: boolean;
  /** Whether a field that does not say that it has several lines has one. */
  readonly tellsLines: boolean;
}

const gtk: Toolkit = {
  unit: codePoints,
  insertLength: (text) => Buffer.byteLength(text),
  tellsDeleted: true,
  tellsLines: false,
};
const qt: Toolkit = { unit: utf16, insertLength: (text) => text.length, tellsDeleted: false, tellsLines: true };

/** LibreOffice calls itself GTK, and counts as its own texts do. */
const office: Toolkit = { ...gtk, unit: utf16 };

/**
 * The toolkit behind `Application.ToolkitName`, in an application of this name. Absent: how it counts is not known, so
 * nothing is written.
 */
export function toolkitNamed(name: unknown, appName: string): Toolkit | undefined {
  if (typeof name !== 'string') return undefined;
  if (/^gtk$/i.test(name)) return /^(?:soffice|libreoffice)/i.test(appName) ? office : gtk;
  return /^qt$/i.test(name) ? qt : undefined;
}
