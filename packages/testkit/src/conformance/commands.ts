// What a plugin's commands must be: declared as plain data, done by the part, called off on abort.

import assert from 'node:assert/strict';
import type { PluginKind } from '@voiceinput/plugin-api';
import { rejectsWhenAborted } from './abort.ts';
import type { Check } from './check.ts';
import { checkedOptions } from './options.ts';
import type { Subject } from './subject.ts';

export function commandChecks<K extends PluginKind>(subject: Subject<K>): Check[] {
  const { commands = [] } = subject.plugin;
  return [
    {
      name: 'performs commands just when it declares some',
      async run() {
        const part = await subject.create(new AbortController().signal);
        const performs = 'perform' in part && typeof part.perform === 'function';
        // Whether it closes without having worked is another check's question.
        await part.close().catch(() => undefined);
        assert.equal(performs, commands.length > 0, 'perform() and `commands` belong together.');
      },
    },
    ...commands.map(({ id, title, arguments: form }) => ({
      name: `does its command ${id}`,
      async run() {
        assert.match(id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
        assert.notEqual(title.trim(), '', 'The title should say what it does.');
        const given = subject.inputs.commands?.[id];
        assert.ok(given, `The inputs should have arguments to try it with: commands: { "${id}": { … } }.`);
        const args = checkedOptions(form, given, 'strict');
        await subject.work(async (part, signal) => {
          const answer = await subject.soon(part.perform!(id, args, signal), 'perform()');
          assert.ok(answer.text === undefined || typeof answer.text === 'string', 'text should be text, or absent.');
          await rejectsWhenAborted(subject, 'perform()', (aborted) => part.perform!(id, args, aborted));
        });
      },
    })),
  ];
}
