// What the user can set, for all applications and for each.

import type { JsonSchema } from '@voiceinput/plugin-api';

/**
 * How far a better text may go: replaced where the field can be read, where all keys go through an input method of ours,
 * where keys can only be watched, or only offered.
 */
export type Tier = 'verified' | 'input-method' | 'watched' | 'offered';
export type Way = 'auto' | 'accessibility' | 'paste' | 'type';

export interface AppOptions {
  /** Absent: by toolkit, as the table in README.md says. */
  readonly tier?: Tier;
  readonly insert?: Way;
  readonly trailingSpace?: boolean;
  /** Whether a better reading is made at all. Absent: yes. */
  readonly hybrid?: boolean;
  /** Whether the refined text is inserted once, instead of its draft, where it could not replace that. Absent: no. */
  readonly waitForRefined?: boolean;
  /** Words that are likely here. */
  readonly words?: readonly string[];
  /** Whether line breaks go into a terminal. Absent: no. */
  readonly lineBreaks?: boolean;
}

export interface DesktopOptions {
  readonly insert?: Way;
  readonly trailingSpace?: boolean;
  /** Whether, where a refined text cannot replace its draft, it is inserted once, instead of the draft. Absent: no. */
  readonly waitForRefined?: boolean;
  /** By window class or accessible name of the application; capitals do not matter. */
  readonly apps?: Readonly<Record<string, AppOptions>>;
}

const ways = ['auto', 'accessibility', 'paste', 'type'];

export const optionsSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    insert: {
      enum: ways,
      default: 'auto',
      description: 'How text is inserted; auto uses the first way that works in the field.',
    },
    trailingSpace: { type: 'boolean', default: false, description: 'Add a space after each dictation.' },
    waitForRefined: {
      type: 'boolean',
      default: false,
      description:
        'Where the refined text cannot replace the draft: insert it once, when it is there, instead of the draft at once.',
    },
    apps: {
      type: 'object',
      default: {},
      description: 'Settings for individual applications, by window class or accessible name (the history shows it).',
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        properties: {
          tier: {
            enum: ['verified', 'input-method', 'watched', 'offered'],
            description: 'How far the refined text may change this application.',
          },
          insert: { enum: ways, description: 'How text is inserted into its fields.' },
          trailingSpace: { type: 'boolean', description: 'Add a space after each dictation.' },
          hybrid: { type: 'boolean', description: 'Whether the draft is refined.' },
          waitForRefined: {
            type: 'boolean',
            description: 'Whether only the refined text is inserted, where it cannot replace the draft.',
          },
          words: { type: 'array', items: { type: 'string' }, description: 'Words that are likely here.' },
          lineBreaks: { type: 'boolean', description: 'Whether line breaks may be inserted, if it is a terminal.' },
        },
      },
    },
  },
};

/** The settings for an application that has these names; its own settings win. */
export function optionsFor(names: readonly (string | undefined)[], options: DesktopOptions): AppOptions {
  const known = new Set(names.flatMap((name) => name?.toLowerCase() ?? []));
  const { insert, trailingSpace, waitForRefined, apps = {} } = options;
  const own = Object.entries(apps).filter(([name]) => known.has(name.toLowerCase()));
  return Object.assign(
    {
      ...(insert && { insert }),
      ...(trailingSpace !== undefined && { trailingSpace }),
      ...(waitForRefined !== undefined && { waitForRefined }),
    },
    ...own.map(([, settings]) => settings),
  ) as AppOptions;
}
