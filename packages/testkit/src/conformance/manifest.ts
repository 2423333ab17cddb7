// What a manifest must be before anything is created.

import assert from 'node:assert/strict';
import { API_VERSION, capabilityWords, isPlugin, PLUGIN_KINDS, troubleWithCapabilities } from '@voiceinput/plugin-api';
import type { CapabilitiesOf, PluginKind } from '@voiceinput/plugin-api';
import type { Check } from './check.ts';
import { checkedOptions } from './options.ts';
import type { Subject } from './subject.ts';

const PREFIX: Record<PluginKind, string> = {
  source: 'source',
  vad: 'vad',
  runner: 'runner',
  judge: 'judge',
  postprocessor: 'post',
  sink: 'sink',
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
        const known = capabilityWords(plugin.kind);
        for (const word of Object.keys(plugin.capabilities)) {
          assert.ok(known.includes(word), `There is no capability "${word}".`);
        }
        const trouble = troubleWithCapabilities(plugin.kind, plugin.capabilities);
        assert.equal(trouble, undefined, `A capability is wrong: ${trouble}.`);
        const { reasons = {} } = plugin.capabilities as CapabilitiesOf['sink'];
        for (const [word, clause] of Object.entries(reasons)) {
          assert.match(word, /^[a-z]+(-[a-z]+)*$/, 'A reason should be a word for programs.');
          assert.match(clause, /^\S(.*[^.\s])?$/, 'A reason should have a clause for people, without a full stop.');
        }
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
