// What a control knows of its setting, and how it changes that.

import type { SettingChange, Field } from './shapes.ts';

export interface ControlPort {
  readonly field: Field;
  /** Of the element that is labelled. */
  readonly id: string;
  /** Ids of what describes it. */
  readonly describedBy: string;
  readonly commit: (changes: readonly SettingChange[]) => void;
  /** Says what is wrong with what stands there, before it is sent. */
  readonly complain: (message: string) => void;
}

/** What the file says, else what counts without it. */
export const valueOf = ({ own, standard }: Field): unknown => own ?? standard;

/** The setting becomes `value`. */
export function setTo({ field, commit }: ControlPort, value: unknown): void {
  commit([{ path: field.path, ...(value !== undefined && { value }) }]);
}
