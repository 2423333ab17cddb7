// What a configuration says about dictating into applications: key, microphone, sink, hooks, what is kept.

import type { JsonSchema, Plugin } from '@voiceinput/plugin-api';
import { choiceOf } from './choice.ts';
import type { PartChoice } from './profile.ts';

/** `hold`: while the key is down; `toggle`: from one press to the next; `hands-free`: until a silence. */
export type DictationMode = 'hold' | 'toggle' | 'hands-free';
export const DICTATION_MODES: readonly DictationMode[] = ['hold', 'toggle', 'hands-free'];

/** How a daemon dictates; complete and checked. */
export interface DictationSettings {
  readonly mode: DictationMode;
  /** In the mode `hold`: whether a tap of the key starts a dictation that its next press ends. Else a tap does nothing. */
  readonly tapToggles: boolean;
  /** The key as X11 names it, such as `Control_R`, or with modifiers, such as `Control+Alt+J`. Empty: none. */
  readonly key: string;
  /** Keys that one can speak with besides. */
  readonly moreKeys: readonly MoreKey[];
  /** A key that takes the newest dictation back. Empty: none. */
  readonly undoKey: string;
  /** A key that pastes the newest refined text. Empty: none. */
  readonly pasteKey: string;
  readonly source: PartChoice;
  readonly sink: PartChoice;
  /** The silence that ends a hands-free dictation. */
  readonly silenceMs: number;
  /** No dictation is longer: a key that is down for so long is stuck. */
  readonly longestMs: number;
  /** Whether a sound tells when the microphone delivers and when it stops. */
  readonly cues: boolean;
  /** Programs that get the text on standard input, each with its arguments. Empty: none. */
  readonly onDraft: readonly string[];
  readonly onRefined: readonly string[];
  readonly history: HistorySettings;
}

export interface MoreKey {
  readonly key: string;
  /** What is said with it is read with this profile. Absent: with the one that is set. */
  readonly profile?: string;
}

export interface HistorySettings {
  readonly keepText: boolean;
  readonly keepAudio: boolean;
  readonly textDays: number;
  readonly audioHours: number;
  /** Whether dictations that the user corrected stay, with their recordings, until they are deleted. */
  readonly keepCorrected: boolean;
}

type Changes<T> = { readonly [Key in keyof T]?: T[Key] };

/** As a configuration writes it: what is absent comes from the built-in settings. */
export type DictationChanges = Changes<Omit<DictationSettings, 'source' | 'sink' | 'history'>> & {
  readonly source?: Partial<PartChoice>;
  readonly sink?: Partial<PartChoice>;
  readonly history?: Changes<HistorySettings>;
};

const command = { type: 'array', items: { type: 'string' } };

/** The JSON Schema of the part `dictation` of a configuration, with the options of these plugins. */
export function dictationSchema(plugins: readonly Plugin[]): JsonSchema {
  return {
    type: 'object',
    additionalProperties: false,
    description: 'How the daemon dictates into applications.',
    properties: {
      mode: {
        enum: DICTATION_MODES,
        description:
          'What the key does: held while speaking (`hold`), start and stop (`toggle`), or start until a silence (`hands-free`).',
      },
      tapToggles: {
        type: 'boolean',
        description: 'With `hold`: whether a tap of the key starts a dictation, and its next press ends it.',
      },
      key: {
        type: 'string',
        description: 'The key, such as Control_R, Control+Alt+J or Mouse8 (docs/KEYS.md). Empty: none.',
      },
      moreKeys: {
        type: 'array',
        description: 'More keys for dictation, each with a profile of its own, such as one for another language.',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['key'],
          properties: {
            key: { type: 'string', description: 'The key, as dictation.key.' },
            profile: { type: 'string', description: 'The profile for what is said with it.' },
          },
        },
      },
      undoKey: { type: 'string', description: 'A key that takes the newest dictation back, as `undo`. Empty: none.' },
      pasteKey: { type: 'string', description: 'A key that pastes the newest refined text, as `paste`. Empty: none.' },
      source: { ...choiceOf('source', plugins), description: 'The microphone.' },
      sink: { ...choiceOf('sink', plugins), description: 'Where the text goes.' },
      silenceMs: {
        type: 'integer',
        minimum: 300,
        maximum: 600_000,
        description: 'The silence after which a hands-free dictation stops.',
      },
      longestMs: {
        type: 'integer',
        minimum: 1_000,
        maximum: 14_400_000,
        description: 'The longest dictation; a key held longer is taken to be stuck.',
      },
      cues: { type: 'boolean', description: 'Whether to play a sound when recording starts and stops.' },
      onDraft: { ...command, description: 'A program with its arguments; it receives each draft on standard input.' },
      onRefined: { ...command, description: 'The same for each refined text; never run with hybrid off.' },
      history: {
        type: 'object',
        additionalProperties: false,
        description: 'What is saved of dictations, on this machine only.',
        properties: {
          keepText: {
            type: 'boolean',
            description: 'Whether to save texts. Switching it off deletes those saved before.',
          },
          keepAudio: {
            type: 'boolean',
            description: 'Whether to keep recordings after transcription. Switching it off deletes those kept before.',
          },
          textDays: { type: 'number', minimum: 0, description: 'How long texts are kept, in days.' },
          audioHours: { type: 'number', minimum: 0, description: 'How long recordings are kept, in hours.' },
          keepCorrected: {
            type: 'boolean',
            description: 'Whether dictations you corrected are kept, with their recordings, until you delete them.',
          },
        },
      },
    },
  };
}
