// What a manifest must be before anything is created.

import assert from 'node:assert/strict';
import { API_VERSION, isPlugin, PLUGIN_KINDS } from '@voiceinput/plugin-api';
import type { CapabilitiesOf, PluginKind, Stage } from '@voiceinput/plugin-api';
import type { Check } from './check.ts';
import { checkedOptions } from './options.ts';
import type { Subject } from './subject.ts';

const PREFIX: Record<PluginKind, string> = {
  source: 'source',
  vad: 'vad',
  runner: 'runner',
  postprocessor: 'post',
  sink: 'sink',
};
const STAGES: readonly Stage[] = ['partial', 'draft', 'refined', 'polished'];

type Rule = (value: unknown) => boolean;
const isBoolean: Rule = (value) => typeof value === 'boolean';
const isProbability: Rule = (value) => typeof value === 'number' && value >= 0 && value <= 1;
const isOptional =
  (rule: Rule): Rule =>
  (value) =>
    value === undefined || rule(value);
const isFilledList =
  (rule: Rule): Rule =>
  (value) =>
    Array.isArray(value) && value.length > 0 && value.every(rule);

const RULES: { readonly [K in PluginKind]: { readonly [Word in keyof CapabilitiesOf[K]]-?: Rule } } = {
  source: { devices: isOptional(isBoolean), lasting: isOptional(isBoolean) },
  vad: { enterProbability: isOptional(isProbability), leaveProbability: isOptional(isProbability) },
  runner: {
    languages: isFilledList((value) => typeof value === 'string' && value !== ''),
    maxClipMs: (value) => typeof value === 'number' && value > 0 && Number.isFinite(value),
    proposals: isBoolean,
    skipRefineAboveLogProb: isOptional((value) => typeof value === 'number' && value <= 0),
  },
  postprocessor: {
    scope: (value) => value === 'segment' || value === 'session',
    stages: isFilledList((value) => STAGES.some((stage) => stage === value)),
  },
  sink: { partials: isBoolean, lasting: isOptional(isBoolean) },
};

export function manifestChecks<K extends PluginKind>({ plugin, inputs }: Subject<K>): Check[] {
  return [
    {
      name: 'is made by definePlugin, for this version of the contract',
      async run() {
        assert.ok(isPlugin(plugin), 'The plugin should come out of definePlugin().');
        assert.equal(plugin.api, API_VERSION);
        assert.ok(PLUGIN_KINDS.includes(plugin.kind), `The kind should be one of ${PLUGIN_KINDS.join(', ')}.`);
        assert.notEqual(plugin.title.trim(), '', 'The title should say what it does.');
      },
    },
    {
      name: 'has a manifest of plain data',
      async run() {
        const { create, importer, ...rest } = plugin;
        const { open = () => undefined, ...readable } = importer ?? {};
        const data = { ...rest, ...(importer !== undefined && { importer: readable }) };
        assert.equal(typeof create, 'function');
        assert.equal(typeof open, 'function', 'An importer should be opened by a function.');
        assert.deepEqual(JSON.parse(JSON.stringify(structuredClone(data))), toPlain(data));
      },
    },
    {
      name: 'has an id of its kind and a word',
      async run() {
        assert.match(plugin.id, new RegExp(`^${PREFIX[plugin.kind]}-[a-z0-9]+(-[a-z0-9]+)*$`));
      },
    },
    {
      name: 'declares the capabilities of its kind and no others',
      async run() {
        const rules: { readonly [word: string]: Rule } = RULES[plugin.kind];
        const declared: { readonly [word: string]: unknown } = plugin.capabilities;
        for (const word of Object.keys(declared)) assert.ok(rules[word], `There is no capability "${word}".`);
        for (const [word, fits] of Object.entries(rules)) {
          assert.ok(fits(declared[word]), `Capability "${word}" should not be ${JSON.stringify(declared[word])}.`);
        }
        const { enterProbability = 0.5, leaveProbability = 0.35 } = declared as CapabilitiesOf['vad'];
        assert.ok(
          leaveProbability <= enterProbability,
          'Speech should pause below the probability at which it begins.',
        );
      },
    },
    {
      name: 'describes its options by a valid schema that refuses unknown keys',
      async run() {
        checkedOptions(plugin.config, inputs.config, 'strict');
        const withUnknown = { ...inputs.config, 'a key that no plugin has': true };
        assert.throws(() => checkedOptions(plugin.config, withUnknown), 'An unknown key should be refused.');
      },
    },
  ];
}

/** Without keys that JSON leaves out, such as those that are undefined or symbols; all else must be there unchanged. */
function toPlain(data: object): object {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
}
