// What a profile is: which plugins do the work, in which lane, with which options.

/** A plugin by its id, with its options. */
export interface PartChoice {
  readonly use: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** A runner for segments in these languages. */
export interface RunnerForLanguages extends PartChoice {
  /** BCP 47. */
  readonly languages: readonly string[];
}

/** A runner as a configuration writes it in a list. `languages`: which it reads here; absent: all that it knows. */
export type RunnerChange = Partial<PartChoice> & { readonly languages?: readonly string[] };

/** Where speech is cut into segments; see `SegmentRules` for what each means. */
export interface SegmentSettings {
  readonly enterProbability: number;
  readonly leaveProbability: number;
  /** Mean probability from which on a segment surely holds speech. */
  readonly sureProbability: number;
  readonly minSpeechMs: number;
  readonly padMs: number;
  readonly pauseMs: number;
  readonly minPauseMs: number;
  readonly softMaxMs: number;
  readonly maxMs: number;
}

/** Chosen by word errors on real speech: longer segments are read better, and no pause in a sentence cuts it. */
export const defaultSegments: SegmentSettings = {
  enterProbability: 0.5,
  leaveProbability: 0.35,
  sureProbability: 0.7,
  minSpeechMs: 90,
  padMs: 150,
  pauseMs: 1_500,
  minPauseMs: 200,
  softMaxMs: 12_000,
  maxMs: 20_000,
};

/** How the two lanes share the machine. */
export interface LaneSettings {
  /** Whether both may work at the same time; else they take turns, the fast lane first. Absent: with two cores or more. */
  readonly concurrent?: boolean;
  /** A lane that was idle for so long gives its memory back and is opened again when it is needed. Absent: never. */
  readonly idleUnloadMs?: number;
  /** How many times longer than usual a clip may take before its lane is started anew, at least 1. Absent: 1. */
  readonly deadlineFactor?: number;
}

/** One way to dictate; validated, complete and frozen. */
export interface Profile {
  readonly name: string;
  /** The one flag: whether a better reading replaces the draft. */
  readonly hybrid: boolean;
  /** The language that is spoken, BCP 47. Absent: one of `languages`, or any. */
  readonly language?: string;
  /** The languages that may be spoken, BCP 47, at least two. Absent: `language` says it, or any. */
  readonly languages?: readonly string[];
  /** Words of the user that runners may expect. */
  readonly words: readonly string[];
  readonly vad: PartChoice;
  readonly fast: PartChoice;
  readonly refine: PartChoice;
  /** Where several runners refine: which one reads a segment again, by the language of its draft. `refine` reads all others. */
  readonly refineFor?: readonly RunnerForLanguages[];
  /** Decides between draft and second reading. Absent: the engine's own rules do. */
  readonly judge?: PartChoice;
  readonly post: readonly PartChoice[];
  /** Whether texts are made to fit the sentence that they go into. Absent: they are. */
  readonly fit?: boolean;
  readonly lanes: LaneSettings;
  readonly segments: SegmentSettings;
  /** Sound around speech that each runner wants, by its ID, at most `segments.padMs`. Absent: all read what was cut. */
  readonly padMsOf?: Readonly<Record<string, number>>;
  /** Drafts whose tokens have at least this mean natural-log probability are not read again. Absent: all are. */
  readonly skipRefineAboveLogProb?: number;
}

/** What a profile begins with. What it leaves out of `segments` comes from its plugins' manifests, else from `defaultSegments`. */
export type BuiltInProfile = Omit<Profile, 'name' | 'segments'> & {
  readonly segments: Partial<SegmentSettings>;
  /** The post-processor that gets the user's replacements, as its option `replacements`. Absent: there is none. */
  readonly replacing?: string;
};

/** A profile as a configuration writes it: what is absent comes from the built-in one. */
export interface ProfileChanges {
  readonly hybrid?: boolean;
  readonly language?: string;
  readonly languages?: readonly string[];
  readonly words?: readonly string[];
  /** Beside those of the configuration; one of the same words takes its place. */
  readonly replacements?: Readonly<Record<string, string>>;
  readonly vad?: Partial<PartChoice>;
  /** A list: the first that knows all languages of the profile, or else the first. */
  readonly fast?: Partial<PartChoice> | readonly RunnerChange[];
  /** A list: by the language of each draft. */
  readonly refine?: Partial<PartChoice> | readonly RunnerChange[];
  readonly judge?: Partial<PartChoice>;
  readonly post?: readonly { readonly use: string; readonly options?: PartChoice['options'] }[];
  readonly fit?: boolean;
  readonly lanes?: LaneSettings;
  readonly segments?: Partial<SegmentSettings>;
  readonly skipRefineAboveLogProb?: number;
}
