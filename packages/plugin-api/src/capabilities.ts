// What the capabilities in a manifest may be.

import { SINK_NEEDS } from './plugin.ts';
import type { CapabilitiesOf, PluginKind } from './plugin.ts';
import type { Stage } from './transcript.ts';

const STAGES: readonly Stage[] = ['partial', 'draft', 'refined', 'polished'];

type Rule = (value: unknown) => boolean;
const isBoolean: Rule = (value) => typeof value === 'boolean';
const isProbability: Rule = (value) => typeof value === 'number' && value >= 0 && value <= 1;
const isOptional =
  (rule: Rule): Rule =>
  (value) =>
    value === undefined || rule(value);
const isList =
  (rule: Rule): Rule =>
  (value) =>
    Array.isArray(value) && value.every(rule);
const isFilledList =
  (rule: Rule): Rule =>
  (value) =>
    isList(rule)(value) && (value as readonly unknown[]).length > 0;

const isTableOfReasons: Rule = (value) =>
  typeof value === 'object' && value !== null && Object.values(value).every((clause) => typeof clause === 'string');

const RULES: { readonly [K in PluginKind]: { readonly [Word in keyof CapabilitiesOf[K]]-?: Rule } } = {
  source: { devices: isOptional(isBoolean), lasting: isOptional(isBoolean) },
  vad: {
    enterProbability: isOptional(isProbability),
    leaveProbability: isOptional(isProbability),
    sureProbability: isOptional(isProbability),
  },
  runner: {
    languages: isFilledList((value) => typeof value === 'string' && value !== ''),
    maxClipMs: (value) => typeof value === 'number' && value > 0 && Number.isFinite(value),
    proposals: isBoolean,
    precedingText: isOptional(isBoolean),
    streaming: isOptional(isBoolean),
    padMs: isOptional((value) => typeof value === 'number' && value >= 0 && value <= 10_000),
    skipRefineAboveLogProb: isOptional((value) => typeof value === 'number' && value <= 0),
  },
  judge: {},
  postprocessor: {
    scope: (value) => value === 'segment' || value === 'session',
    // Whoever only has commands runs at none.
    stages: isList((value) => STAGES.some((stage) => stage === value)),
  },
  sink: {
    partials: isBoolean,
    lasting: isOptional(isBoolean),
    needs: isOptional(isFilledList((value) => SINK_NEEDS.some((need) => need === value))),
    reasons: isOptional(isTableOfReasons),
  },
};

/** The words that a plugin of this kind may declare: a closed set. */
export function capabilityWords(kind: PluginKind): readonly string[] {
  return Object.keys(RULES[kind]);
}

/** What is wrong with them, as `"maxClipMs" is undefined`; absent when nothing is. Words that are not known are passed over. */
export function troubleWithCapabilities(kind: PluginKind, capabilities: object): string | undefined {
  const declared = capabilities as { readonly [word: string]: unknown };
  for (const [word, fits] of Object.entries<Rule>(RULES[kind])) {
    const value = declared[word];
    if (!fits(value)) return `"${word}" is ${value === undefined ? 'missing' : JSON.stringify(value)}`;
  }
  if (kind !== 'vad') return undefined;
  const { enterProbability = 0.5, leaveProbability = 0.35 } = declared as CapabilitiesOf['vad'];
  return leaveProbability <= enterProbability
    ? undefined
    : `speech pauses at ${leaveProbability}, above ${enterProbability}, at which it begins`;
}
