// What the user can set, for all applications and for each.

import type { JsonSchema } from '@voiceinput/plugin-api';

/** How far a better text may go: replaced where the field can be read, also where only keys can be watched, or only offered. */
export type Tier = 'verified' | 'watched' | 'offered';
export type Way = 'auto' | 'accessibility' | 'paste' | 'type';

export interface AppOptions {
  /** Absent: by toolkit, as the table in README.md says. */
  readonly tier?: Tier;
  readonly insert?: Way;
  readonly trailingSpace?: boolean;
  /** Whether a better reading is made at all. Absent: yes. */
  readonly hybrid?: boolean;
  /** Words that are likely here. */
  readonly words?: readonly string[];
  /** Whether line breaks go into a terminal. Absent: no. */
  readonly lineBreaks?: boolean;
}

export interface DesktopOptions {
  readonly insert?: Way;
  readonly trailingSpace?: boolean;
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
    apps: {
      type: 'object',
      default: {},
      description: 'Settings for individual applications, by window class or accessible name (the history shows it).',
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        properties: {
          tier: {
            enum: ['verified', 'watched', 'offered'],
            description: 'How far the refined text may change this application.',
          },
          insert: { enum: ways, description: 'How text is inserted into its fields.' },
          trailingSpace: { type: 'boolean', description: 'Add a space after each dictation.' },
          hybrid: { type: 'boolean', description: 'Whether the draft is refined.' },
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
  const { insert, trailingSpace, apps = {} } = options;
  const own = Object.entries(apps).filter(([name]) => known.has(name.toLowerCase()));
  return Object.assign(
    { ...(insert && { insert }), ...(trailingSpace !== undefined && { trailingSpace }) },
    ...own.map(([, settings]) => settings),
  ) as AppOptions;
}
