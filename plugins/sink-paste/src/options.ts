// What the user can set.

import type { PasteKeys } from '@voiceinput/desktop/portable';
import type { JsonSchema } from '@voiceinput/plugin-api';

/** How far a better text may go: replaced while only counted keys came since, or only offered. */
export type Tier = 'watched' | 'offered';

export interface PasteOptions {
  readonly tier?: Tier;
  /** Absent: as the platform pastes. */
  readonly keys?: PasteKeys | 'auto';
  readonly trailingSpace?: boolean;
  readonly lineBreaks?: boolean;
}

export const optionsSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    tier: {
      enum: ['watched', 'offered'],
      default: 'offered',
      description: 'Whether a better text replaces the draft while keys can be counted, or is only offered.',
    },
    keys: {
      enum: ['auto', 'command-v', 'control-v', 'shift-insert'],
      default: 'auto',
      description: 'The keys that paste; auto: Command+V on macOS, Shift+Insert on Windows, Control+V elsewhere.',
    },
    trailingSpace: { type: 'boolean', default: false, description: 'Put a space behind each dictation.' },
    lineBreaks: {
      type: 'boolean',
      default: false,
      description: 'Whether line breaks are pasted. In a terminal they run what was said.',
    },
  },
};
