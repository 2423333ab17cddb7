// What a configuration file holds.

import type { DictationChanges } from './dictation.ts';
import type { ProfileChanges } from './profile.ts';

/** What a configuration file holds. */
export interface Configuration {
  readonly $schema?: string;
  readonly hybrid?: boolean;
  readonly profile?: string;
  readonly language?: string;
  readonly languages?: readonly string[];
  readonly words?: readonly string[];
  /** What is heard → what is written, in every profile. */
  readonly replacements?: Readonly<Record<string, string>>;
  readonly plugins?: readonly string[];
  /** In which language people are spoken to. Absent: that of the locale. */
  readonly interfaceLanguage?: string;
  readonly profiles?: Readonly<Record<string, ProfileChanges>>;
  readonly dictation?: DictationChanges;
}
