// Whether what a plugin gave is what its kind gives: no compiler checks a plugin in JavaScript. Each value is read once.

import type {
  CommandAnswer,
  Device,
  FocusedPlace,
  Frame,
  Mark,
  Outcome,
  PartOf,
  PluginKind,
  SinkTarget,
  Surroundings,
  Transcript,
  VadStream,
  Word,
} from '@voiceinput/plugin-api';
import { fieldKinds } from '@voiceinput/plugin-api';

const METHODS: Readonly<Record<PluginKind, readonly string[]>> = {
  source: ['frames', 'close'],
  vad: ['listen', 'close'],
  runner: ['run', 'close'],
  judge: ['isSure', 'choose', 'close'],
  postprocessor: ['process', 'close'],
  sink: ['begin', 'apply', 'end', 'close'],
};

type Fields = Readonly<Record<string, unknown>>;

/** Throws what is wrong with `value`, as it goes on after the names of plugin and method. */
export function partFrom<K extends PluginKind>(value: unknown, kind: K): PartOf[K] {
  return withMethods(value, METHODS[kind], `a ${kind}`) as PartOf[K];
}

/** Throws when it cannot be pushed to or closed. */
export function vadStreamFrom(value: unknown): VadStream {
  return withMethods(value, ['push', 'close'], 'a stream') as VadStream;
}

/** Throws when a field is not what the contract says. */
export function transcriptFrom(value: unknown): Transcript {
  const given = fieldsOf(value, 'a transcript');
  const text = required(given, 'text', isString, 'a string');
  const words = optional(given, 'words', isList, 'a list')?.map(wordFrom);
  const tokens = optional(given, 'tokens', isList, 'a list');
  if (tokens?.some((token) => !Number.isInteger(token))) throw new TypeError('"tokens" should be whole numbers.');
  return {
    text,
    ...present('language', optional(given, 'language', isString, 'a string')),
    ...present('languageProbability', optional(given, 'languageProbability', isNumber, 'a number')),
    ...present('doubtful', optional(given, 'doubtful', (one) => one === 'language', '"language"') as 'language'),
    ...present('meanLogProb', optional(given, 'meanLogProb', isNumber, 'a number')),
    ...present('noSpeechProb', optional(given, 'noSpeechProb', isNumber, 'a number')),
    ...present('words', words),
    ...present('tokens', tokens as readonly number[] | undefined),
    ...present('vocabulary', optional(given, 'vocabulary', isString, 'a string')),
  };
}

function wordFrom(value: unknown): Word {
  const given = fieldsOf(value, 'a word');
  return {
    text: required(given, 'text', isString, 'a string'),
    startSample: required(given, 'startSample', isNumber, 'a number'),
    endSample: required(given, 'endSample', isNumber, 'a number'),
    confidence: required(given, 'confidence', isNumber, 'a number'),
  };
}

/** Throws when its samples are none, or are not finite. */
export function frameFrom(value: unknown): Frame {
  const given = fieldsOf(value, 'a frame');
  const samples = required(given, 'samples', isSamples, 'a Float32Array of finite numbers');
  return { samples, startSample: required(given, 'startSample', isNumber, 'a number') };
}

/** Throws when one of them is no range with a probability. */
export function marksFrom(value: unknown): readonly Mark[] {
  if (!Array.isArray(value)) throw new TypeError(`it gave ${named(value)}, which is no list of marks.`);
  return value.map((one) => {
    const given = fieldsOf(one, 'a mark');
    return {
      startSample: required(given, 'startSample', isNumber, 'a number'),
      endSample: required(given, 'endSample', isNumber, 'a number'),
      speechProbability: required(given, 'speechProbability', isNumber, 'a number'),
    };
  });
}

/** A sink that gives nothing has nothing to say. */
export function sinkTargetFrom(value: unknown): SinkTarget {
  if (value === undefined) return {};
  const given = fieldsOf(value, 'what stands at the beginning');
  const words = optional(given, 'words', isList, 'a list');
  if (words?.some((word) => !isString(word))) throw new TypeError('"words" should be strings.');
  return {
    ...present('surroundings', surroundingsFrom(given['surroundings'])),
    ...present('app', optional(given, 'app', isString, 'a string')),
    ...present('secret', optional(given, 'secret', isBoolean, 'true or false')),
    ...present('hybrid', optional(given, 'hybrid', isBoolean, 'true or false')),
    ...present('words', words as readonly string[] | undefined),
  };
}

/** Nothing where nothing was given. */
export function surroundingsFrom(value: unknown): Surroundings | undefined {
  if (value === undefined) return undefined;
  const given = fieldsOf(value, 'surroundings');
  const isKind = (one: unknown): one is Surroundings['field'] => fieldKinds.some((kind) => kind === one);
  return {
    ...present('before', optional(given, 'before', isString, 'a string')),
    ...present('after', optional(given, 'after', isString, 'a string')),
    ...present('field', optional(given, 'field', isKind, `one of ${fieldKinds.join(', ')}`)),
  };
}

/** Throws when it does not say what became of the edit. */
export function outcomeFrom(value: unknown): Outcome {
  const given = fieldsOf(value, 'an outcome');
  const kind = given['kind'];
  if (kind === 'applied') {
    const isProof = (one: unknown): one is 'verified' | 'unverified' => one === 'verified' || one === 'unverified';
    return { kind, proof: required(given, 'proof', isProof, '"verified" or "unverified"') };
  }
  if (kind !== 'refused' && kind !== 'offered')
    throw new TypeError(`"kind" is ${named(kind)}; it should be "applied", "refused" or "offered".`);
  const reason = required(given, 'reason', isString, 'a string');
  return { kind, reason, ...present('explanation', optional(given, 'explanation', isString, 'a string')) };
}

/** None where the source gives none. */
export function devicesFrom(value: unknown): readonly Device[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new TypeError(`it gave ${named(value)}, which is no list of devices.`);
  return value.map((one) => {
    const given = fieldsOf(one, 'a device');
    return {
      id: required(given, 'id', isString, 'a string'),
      name: required(given, 'name', isString, 'a string'),
      standard: required(given, 'standard', isBoolean, 'true or false'),
    };
  });
}

/** Nothing has the focus where nothing was given. */
export function focusedPlaceFrom(value: unknown): FocusedPlace | undefined {
  if (value === undefined) return undefined;
  const given = fieldsOf(value, 'a place');
  return {
    app: required(given, 'app', isString, 'a string'),
    tier: required(given, 'tier', isString, 'a string'),
    reason: required(given, 'reason', isString, 'a string'),
  };
}

/** A command that gives nothing has nothing to say. */
export function commandAnswerFrom(value: unknown): CommandAnswer {
  if (value === undefined) return {};
  return present('text', optional(fieldsOf(value, 'an answer'), 'text', isString, 'a string'));
}

/** Throws when it is neither. */
export function yesOrNoFrom(value: unknown): boolean {
  if (isBoolean(value)) return value;
  throw new TypeError(`it gave ${named(value)}; it should be true or false.`);
}

/** Throws when it is none of `choices`. */
export function choiceFrom<T extends string>(value: unknown, choices: readonly T[]): T {
  const chosen = choices.find((one) => one === value);
  if (chosen !== undefined) return chosen;
  throw new TypeError(`it gave ${named(value)}; it should be ${choices.map(named).join(' or ')}.`);
}

const isString = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number' && !Number.isNaN(value);
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isSamples = (value: unknown): value is Float32Array =>
  value instanceof Float32Array && value.every(Number.isFinite);

function withMethods(value: unknown, methods: readonly string[], what: string): unknown {
  const given = fieldsOf(value, what);
  const missing = methods.filter((method) => typeof given[method] !== 'function');
  if (missing.length === 0) return value;
  throw new TypeError(`what it gave has no ${missing.map((method) => `${method}()`).join(' and no ')}.`);
}

function fieldsOf(value: unknown, what: string): Fields {
  if (typeof value === 'object' && value !== null) return value as Fields;
  throw new TypeError(`it gave ${named(value)}, which is not ${what}.`);
}

function required<T>(given: Fields, key: string, fits: (value: unknown) => value is T, expected: string): T {
  const value = given[key];
  if (fits(value)) return value;
  throw new TypeError(`"${key}" is ${named(value)}; it should be ${expected}.`);
}

function optional<T>(
  given: Fields,
  key: string,
  fits: ((value: unknown) => value is T) | ((value: unknown) => boolean),
  expected: string,
): T | undefined {
  const value = given[key];
  if (value === undefined) return undefined;
  if (fits(value)) return value as T;
  throw new TypeError(`"${key}" is ${named(value)}; it should be ${expected}.`);
}

function present<K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: T };
}

/** Short, and never anybody's words. */
function named(value: unknown): string {
  if (typeof value === 'string') return value.length > 20 ? 'a text' : JSON.stringify(value);
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  return String(value);
}
