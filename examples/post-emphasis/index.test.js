// Shows that the plugin keeps the promises of a post-processor, and its own.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conformance, fakeContext } from '@voiceinput/testkit';
import plugin from './index.js';

const config = { words: ['now'], mark: '*' };

for (const { name, run } of conformance(plugin, { config })) test(name, run);

test('puts a chosen word between asterisks, never a part of another', async () => {
  const { signal } = new AbortController();
  const part = await plugin.create(config, fakeContext(), signal);
  const context = { sessionId: 'session-1', stage: 'draft', precedingText: '', words: [] };
  const { text } = await part.process({ text: 'Now I know.' }, context, signal);
  assert.equal(text, '*Now* I know.');
});
