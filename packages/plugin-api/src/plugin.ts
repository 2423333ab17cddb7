// What a plugin is: a manifest (plain data) and `create`, which gives a part.

import type { Clip, Frame, Mark } from './audio.ts';
import type { Edit, Outcome } from './edit.ts';
import type { JsonSchema } from './json-schema.ts';
import type { ModelEntry } from './model-entry.ts';
import type { ModelStore } from './model.ts';
import type { VoiceInputError } from './errors.ts';
import type { ImporterManifest } from './importer.ts';
import type { SessionInfo, SessionResult } from './session.ts';
import type { Surroundings } from './surroundings.ts';
import type { Stage, Transcript } from './transcript.ts';

/** The version of the contract in this package. The engine refuses any other. */
export const API_VERSION = 1;

/** What a plugin is for: each kind has its own part and capabilities; see `PartOf` and `CapabilitiesOf`. */
export type PluginKind = 'source' | 'vad' | 'runner' | 'judge' | 'postprocessor' | 'sink';
/** All kinds, in the order in which audio passes them. */
export const PLUGIN_KINDS: readonly PluginKind[] = ['source', 'vad', 'runner', 'judge', 'postprocessor', 'sink'];

/** The answer of a plugin's command. */
export interface CommandAnswer {
  /** For the user, in the plugin's own words. */
  readonly text?: string;
}

/**
 * What every part has. Every call settles soon, whatever state the part is in: a call that is under way when the part
 * closes, or that comes later, may fail, but never hangs.
 *
 * Each call takes a signal as its last argument. When the signal is aborted, the call soon rejects with its reason and
 * leaves no listener on it; the part stays as usable as before.
 */
interface Part {
  /**
   * Only with `commands`: runs one of them. Arguments were checked against the command's schema. It may be called
   * outside any dictation, on a part that was opened only for this call.
   */
  perform?(command: string, args: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<CommandAnswer>;
  /** Called once, usually after the last other call has settled. It is given 5 s. */
  close(): Promise<void>;
}

/** A device that a source can listen to. */
export interface Device {
  /** What the source's options call it. */
  readonly id: string;
  /** What the user calls it. */
  readonly name: string;
  /** Whether it is used when none is chosen. */
  readonly standard: boolean;
}

/** Where audio comes from. */
export interface Source extends Part {
  /** Whether frames come at the speed of speech. Latency then counts from the last sample, else from the first. */
  readonly realtime: boolean;
  /** How long a sound takes to arrive as a sample. Read at the release: that is how long the last words are waited for. Absent: 0. */
  readonly latencyMs?: number;
  /** Only with capability `devices`: the devices that are there now. */
  devices?(signal: AbortSignal): Promise<readonly Device[]>;
  /** All frames from sample 0, without gaps. Ends at the end of the audio; an error may follow frames that stay valid. On abort it ends. */
  frames(signal: AbortSignal): AsyncIterable<Frame>;
}

/** Speech detection in one session. Each stream has a state of its own: several may be open at once. */
export interface VadStream extends Part {
  /** Marks of every window that `frame` completed. Frames come in order and without gaps. */
  push(frame: Frame, signal: AbortSignal): Promise<readonly Mark[]>;
}

/** Finds speech in audio. */
export interface Vad extends Part {
  /** Opens a stream; the caller closes it. */
  listen(signal: AbortSignal): Promise<VadStream>;
}

/** What a runner may use to be faster or better. A hint never has to be followed. */
export interface Hint {
  /** The language that is spoken, BCP 47; beside `languages`, the one spoken before, to keep to in doubt. Absent: not known. */
  readonly language?: string;
  /** The languages that may be spoken, BCP 47, at least two: the runner detects which one is. Absent: it is `language`, or any. */
  readonly languages?: readonly string[];
  /**
   * The text of the segment before, where the clip goes on with what was said in it. Only with capability
   * `precedingText`. A reading that only repeats it is asked for once more without it.
   */
  readonly precedingText?: string;
  /** Words of the user that the clip may contain. */
  readonly words?: readonly string[];
  /** What was heard before in the same audio or its beginning: saves time, never changes the result. */
  readonly proposal?: { readonly text: string; readonly tokens: readonly number[]; readonly vocabulary: string };
  /** Whether the voice detector is sure, on its own scale, that the clip holds speech. Absent: it was not asked. */
  readonly surelySpeech?: boolean;
}

/** A clip that is heard while it is spoken. Its calls never overlap. */
export interface ClipStream {
  /**
   * Hears more of the clip: mono, −1…1, 16 000 Hz, in order and without gaps, of any length, also none; the stream must
   * not write to `samples`. Gives the words that are agreed on, which more audio will not change: each text begins with
   * the one before. Rejects with the signal's reason soon after abort; after that only `close` is called.
   */
  push(samples: Float32Array, signal: AbortSignal): Promise<Transcript>;
  /** Called once, also when the clip was not heard to its end. */
  close(): Promise<void>;
}

/** Turns a clip into text. Runs in a process of its own. */
export interface Runner extends Part {
  /** The model's name, for reports. */
  readonly model: string;
  /** Rejects with the signal's reason soon after abort (at the next token). */
  run(clip: Clip, hint: Hint, signal: AbortSignal): Promise<Transcript>;
  /**
   * Only with capability `streaming`: opens a clip that is being spoken and begins at `startSample` of its session. The
   * words that are shown meanwhile come from it; once the clip is over it is read as a whole, by `run`. Several may be open.
   */
  stream?(startSample: number, hint: Hint, signal: AbortSignal): Promise<ClipStream>;
}

/** What a judge is told about a segment besides its readings. */
export interface JudgeContext {
  readonly sessionId: string;
  readonly segmentId: string;
  /** The language that was set, else the one that the fast lane heard, BCP 47. Absent when unknown. */
  readonly language?: string;
  /** The threshold of the profile, natural log, ≤ 0. Absent: every draft should be read again. */
  readonly skipRefineAboveLogProb?: number;
}

/**
 * Decides between a draft and a second reading of the same audio, before any post-processor has changed them. The engine
 * has rules of its own for profiles without a judge, and for one that fails or takes longer than 5 s.
 */
export interface Judge extends Part {
  /** Whether the draft is good enough not to be read again. */
  isSure(draft: Transcript, context: JudgeContext, signal: AbortSignal): Promise<boolean>;
  /** Which of the two is kept. Neither may be changed. */
  choose(
    readings: { readonly draft: Transcript; readonly refined: Transcript },
    context: JudgeContext,
    signal: AbortSignal,
  ): Promise<'draft' | 'refined'>;
}

/** What a post-processor is told about a transcript. */
export interface PostprocessContext {
  readonly sessionId: string;
  /** The segment that the transcript is of. Absent where it is the whole session's. */
  readonly segmentId?: string;
  readonly stage: Stage;
  /**
   * What the fast lane heard in the same audio, before any post-processor, with its words and their times. Only in the
   * stages `refined` and `polished` of a segment; absent when the fast lane failed.
   */
  readonly draft?: Transcript;
  /** The session's text before the segment. */
  readonly precedingText: string;
  /** The language that was set, else the one that the runner heard, BCP 47. Absent when unknown. */
  readonly language?: string;
  /** The application that receives the text. Absent when unknown. */
  readonly app?: string;
  /** Words of the user that are likely, as the profile and the sink name them. */
  readonly words: readonly string[];
}

/** Changes a transcript: replacements, punctuation, a language model. */
export interface Postprocessor extends Part {
  /**
   * The transcript as it should be; language and words that it leaves out are kept. It is given a copy. If it rejects,
   * gives no transcript or takes longer than 5 s (60 s for `polished`), its change is lost, never the words.
   */
  process(transcript: Transcript, context: PostprocessContext, signal: AbortSignal): Promise<Transcript>;
}

/** What a sink knows about the place that the text goes to. All of it is optional: a sink that knows nothing gives `{}`. */
export interface SinkTarget {
  /** The text around the caret, as far as the sink can read it: what is dictated is made to fit there. */
  readonly surroundings?: Surroundings;
  /** The application that receives the text. */
  readonly app?: string;
  /** Whether what is dictated must not be kept anywhere, as in a password field. */
  readonly secret?: boolean;
  /** `false`: drafts cannot be replaced here, so no better reading is made. */
  readonly hybrid?: boolean;
  /** Words that are likely here, beside those of the profile. */
  readonly words?: readonly string[];
}

/** What has the focus, and what a sink can do there. */
export interface FocusedPlace {
  /** The application. Empty when unknown. */
  readonly app: string;
  /** In the sink's own words, as its options name it. */
  readonly tier: string;
  /** Why so, as a sentence for the user. */
  readonly reason: string;
}

/** Where the text goes. Each session has exactly one. */
export interface Sink extends Part {
  /** Opens a dictation. Takes at most 10 s; when it rejects, a live dictation goes on without its sink. */
  begin(session: SessionInfo, signal: AbortSignal): Promise<SinkTarget>;
  /**
   * The speaker has finished: the key was released, or the first segment is over. Text goes to where the caret is now,
   * whatever is typed before it arrives. Called at most once per session.
   */
  pin?(sessionId: string, signal: AbortSignal): Promise<void>;
  /**
   * The text around the place where the session's text goes. Called once, just before the first edit: the user may have
   * typed since the beginning. Absent, or when it gives nothing: what `begin` gave is used.
   */
  surroundings?(sessionId: string, signal: AbortSignal): Promise<Surroundings | undefined>;
  /**
   * Edits come one at a time, in order of revision. On abort before any of the edit is visible, it rejects with the signal's
   * reason, and the text stays as it was. Once it has taken effect (keys are sent, the text was handed on) the signal no
   * longer counts: it answers what is there now, within 2 s. Only then can the text be undone.
   */
  apply(edit: Edit, signal: AbortSignal): Promise<Outcome>;
  /** The dictation is over. With `lasting` an `undo` may follow; else only `close` does. */
  end(result: SessionResult, signal: AbortSignal): Promise<void>;
  /** What has the focus now, and what this sink could do there; nothing is written. Absent when nothing has the focus. */
  look?(signal: AbortSignal): Promise<FocusedPlace | undefined>;
}

/** The part that each kind of plugin gives. */
export interface PartOf {
  source: Source;
  vad: Vad;
  runner: Runner;
  judge: Judge;
  postprocessor: Postprocessor;
  sink: Sink;
}

/**
 * What a sink may need: X11 or Wayland (`display`), keys that can be sent and heard as on every desktop (`keyboard`), the
 * desktop's clipboard (`clipboard`), text fields that can be read through the desktop's accessibility (`accessibility`), an
 * input method framework (`input-method`), or the standard output of the command that dictates (`terminal`), which a daemon
 * does not have.
 */
export type SinkNeed = (typeof SINK_NEEDS)[number];
/** All needs; `SinkNeed` says what each means. */
export const SINK_NEEDS = ['display', 'keyboard', 'clipboard', 'accessibility', 'input-method', 'terminal'] as const;

/** What each kind may declare: a closed set. The conformance suites in `@voiceinput/testkit` test each with and without. */
export interface CapabilitiesOf {
  source: {
    /** Whether it has several devices to choose from. */
    readonly devices?: boolean;
    /** Whether one part serves many dictations. It is opened once for all of them, and may keep the last moments in memory. */
    readonly lasting?: boolean;
  };
  vad: {
    /** The speech probability, on this detector's own scale, at which speech begins. Default: 0.5. A profile may set another. */
    readonly enterProbability?: number;
    /** The probability below which speech pauses, at most `enterProbability`. Default: 0.35. */
    readonly leaveProbability?: number;
    /** The mean probability from which on a clip surely holds speech; see `Hint.surelySpeech`. Default: 0.7. */
    readonly sureProbability?: number;
  };
  runner: {
    /** BCP 47 languages, or `*` for any. */
    readonly languages: readonly string[];
    /** The longest clip it accepts. Longer speech is cut first. */
    readonly maxClipMs: number;
    /** Whether `hint.proposal` saves it time; it is given none otherwise. */
    readonly proposals: boolean;
    /** Whether `hint.precedingText` makes its text better; it is given none otherwise. Default: false. */
    readonly precedingText?: boolean;
    /** Whether it hears a clip while it is spoken, each sample once; see `Runner.stream`. Default: false. */
    readonly streaming?: boolean;
    /**
     * Sound that it wants before and after speech, in milliseconds: its clips have as much where the audio does. Absent:
     * 150. A profile may set another.
     */
    readonly padMs?: number;
    /**
     * Drafts of this runner whose tokens have at least this mean natural-log probability, ≤ 0, are as good as a second
     * reading and not read again. Absent: all are read again. A profile may set another.
     */
    readonly skipRefineAboveLogProb?: number;
  };
  judge: Readonly<Record<string, never>>;
  postprocessor: {
    /** Whether it sees one segment or the whole session's text. */
    readonly scope: 'segment' | 'session';
    /**
     * The stages that it takes part in; slow ones leave out `partial` and `draft`. With `polished` it may rewrite the best
     * text there is, as a stage of its own: the text before stands meanwhile, and stays where the rewriting looks worse.
     * None where it only has commands.
     */
    readonly stages: readonly Stage[];
  };
  sink: {
    /** Whether it wants edits while the user still speaks. */
    readonly partials: boolean;
    /**
     * Whether one part serves many dictations, also at the same time. It is opened once for all of them, and an `undo` may
     * come after a dictation has ended.
     */
    readonly lasting?: boolean;
    /**
     * What it needs to write at all. A host that lacks one of these keeps texts in the history, and says why.
     * Absent: nothing.
     */
    readonly needs?: readonly SinkNeed[];
    /**
     * Every reason that an outcome of this sink may name, with what people are told of it: a clause that goes on after a
     * colon, such as `the text field is gone`. Error codes need no entry. Absent: it names none but error codes.
     */
    readonly reasons?: Readonly<Record<string, string>>;
  };
}

/** An action that a plugin offers to the user; shown by CLI, tray and launcher. */
export interface PluginCommand {
  /** One lower-case word, or several with hyphens. */
  readonly id: string;
  readonly title: string;
  /** JSON Schema 2020-12 of an object; its `properties` are what the user is asked for. */
  readonly arguments: JsonSchema;
}

/** What a plugin gets of its host. */
export interface PluginContext {
  readonly pluginId: string;
  /** Gives the models of its own manifest. */
  readonly models: ModelStore;
  /**
   * Does long work that is needed only once, such as preparing a model at its first use: it does not count as opening,
   * which has to be done within a minute. Gives what `work` gives.
   */
  prepare<T>(work: () => Promise<T>): Promise<T>;
  /** Tells the user's log; never dictated text. */
  log(message: string): void;
  /** Tells the user at once of a trouble that does not end the work, such as another microphone that went on. */
  warn(error: VoiceInputError): void;
}

/** A manifest, plain data but for `create` and the importer's `open`, and what makes parts. */
export interface Plugin<K extends PluginKind = PluginKind, Config = never> {
  /** The same word as the plugin's folder and its package's suffix. */
  readonly id: string;
  readonly kind: K;
  readonly api: typeof API_VERSION;
  readonly title: string;
  readonly capabilities: CapabilitiesOf[K];
  /** JSON Schema 2020-12 of the options, an object. Defaults in it are filled in before `create`. Absent: no options. */
  readonly config?: JsonSchema;
  /** Not for runners: their parts live in processes that only read clips. */
  readonly commands?: readonly PluginCommand[];
  /**
   * The models that it brings; it locates them by their ids. An option `model` in `config`, a string, names the one that a
   * part uses; without such an option a part uses them all.
   */
  readonly models?: readonly ModelEntry[];
  /** Only for plugins whose models can come from a user's file. */
  readonly importer?: ImporterManifest;
  /** Heavy imports happen here, not at listing. Options were checked against `config`. */
  create(config: Config, context: PluginContext, signal: AbortSignal): Promise<PartOf[K]>;
}

/** Any plugin, of whatever kind and options. */
export type AnyPlugin = { [K in PluginKind]: Plugin<K> }[PluginKind];

const PLUGIN_MARK = Symbol.for('voiceinput.plugin');

/** Marks a plain object as a plugin and checks its types. Changes nothing else. */
export function definePlugin<K extends PluginKind, Config = Record<string, never>>(
  plugin: Plugin<K, Config>,
): Plugin<K, Config> {
  return Object.freeze(Object.assign({ [PLUGIN_MARK]: API_VERSION }, plugin));
}

/** Whether `value` came out of `definePlugin` of any copy of this package. */
export function isPlugin(value: unknown): value is AnyPlugin {
  return typeof value === 'object' && value !== null && PLUGIN_MARK in value;
}
