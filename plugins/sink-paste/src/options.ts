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
      description: 'Whether the refined text replaces the draft as long as nothing else was typed, or is only offered.',
    },
    keys: {
      enum: ['auto', 'command-v', 'control-v', 'shift-insert'],
      default: 'auto',
      description: 'The shortcut for paste; auto: Command+V on macOS, Shift+Insert on Windows, Control+V elsewhere.',
    },
    trailingSpace: { type: 'boolean', default: false, description: 'Add a space after each dictation.' },
    lineBreaks: {
      type: 'boolean',
      default: false,
      description: 'Whether to paste line breaks. In a terminal they run the text as a command.',
    },
  },
};
