// What the page and its server tell each other.

/** In English and Russian. */
export interface Bilingual {
  readonly en: string;
  readonly ru: string;
}

export type Path = readonly (string | number)[];

/** As a person thinks of settings; the order of the page. */
export const groups = ['dictation', 'languages', 'text', 'applications', 'privacy', 'doors', 'advanced'] as const;
export type PageGroup = (typeof groups)[number];

/** `pairs`: text → text. `records`: settings for each of several names. `json`: what has no form of its own. */
export type ControlKind = 'switch' | 'choice' | 'number' | 'text' | 'list' | 'pairs' | 'records' | 'json';

/** One setting. */
export interface Field {
  readonly path: Path;
  /** The path as the command line has it. */
  readonly name: string;
  readonly kind: ControlKind;
  readonly group: PageGroup;
  readonly title: Bilingual;
  readonly help: Bilingual;
  /** Of a `choice`. */
  readonly values?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  /** Whether a number is a whole one. */
  readonly whole?: boolean;
  /** What the configuration file says. Absent: nothing. */
  readonly own?: unknown;
  /** What counts while the file says nothing. Absent: there is no such value. */
  readonly standard?: unknown;
  /** Of `records`: the settings of each, by paths from there. */
  readonly fields?: readonly Field[];
  /** Whether a change may make VoiceInput run a program, which has to be confirmed outside of the page. */
  readonly runs?: boolean;
}

/** What is wrong, and what to do. */
export interface Failure {
  readonly code: string;
  readonly message: Bilingual;
  readonly hint: Bilingual;
}

export interface SettingsAnswer {
  /** The user's configuration file. */
  readonly file: string;
  readonly fields: readonly Field[];
  /** Why the file cannot be used as it stands; `fields` are the defaults then. */
  readonly trouble?: Failure;
}

export interface SettingChange {
  readonly path: Path;
  /** Absent: what stands there is taken away. */
  readonly value?: unknown;
}

/** All of them or none. */
export interface ChangeRequest {
  readonly changes: readonly SettingChange[];
}

export interface ChangeAnswer {
  readonly settings: SettingsAnswer;
  /** What the change does not come to yet, such as a model that is missing. */
  readonly warning?: Failure;
}

export interface ModelLine {
  readonly id: string;
  readonly title: string;
  readonly languages: readonly string[];
  readonly license: string;
  readonly bytes: number;
  readonly state: 'ready' | 'absent' | 'damaged';
  /** Whether dictations use it now. */
  readonly inUse: boolean;
}

export interface DictationLine {
  readonly id: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly app?: string;
  readonly draft?: string;
  readonly text?: string;
  readonly correction?: string;
  readonly outcome: string;
  readonly hasAudio: boolean;
}

export interface DoorsAnswer {
  /** Whether a daemon runs. */
  readonly running: boolean;
  readonly version?: string;
  /** Where HTTP is answered, with a token and without. */
  readonly http?: string;
  readonly httpSocket?: string;
}

export interface KeptNow {
  readonly dictations: number;
  readonly recordings: number;
  readonly recordingBytes: number;
}

/** What the server tells by itself, one JSON object a line. */
export type News =
  | { readonly type: 'here' }
  | { readonly type: 'model'; readonly id: string; readonly doneBytes: number; readonly totalBytes: number }
  | { readonly type: 'model-ended'; readonly id: string; readonly failure?: Failure }
  | { readonly type: 'history' };

/** What a view of one dictation tells the list. */
export interface DictationPort {
  /** The list is to be read again. */
  readonly changed: () => void;
  readonly failed: (error: unknown) => void;
}
