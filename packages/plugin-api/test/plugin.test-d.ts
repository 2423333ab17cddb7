// What the compiler refuses of a plugin. Checked by `npm run lint`; nothing here runs.

import { definePlugin } from '@voiceinput/plugin-api';
import type { Edit, PartOf, Plugin, PluginKind } from '@voiceinput/plugin-api';

declare function part<K extends PluginKind>(kind: K): PartOf[K];

const sink = { id: 'sink-typed', kind: 'sink', api: 1, title: 'Typed', create: async () => part('sink') } as const;

definePlugin<'sink'>({ ...sink, capabilities: { partials: true } });
definePlugin<'sink'>({ ...sink, capabilities: { partials: true, lasting: true } });
// @ts-expect-error a sink says whether it wants partials
definePlugin<'sink'>({ ...sink, capabilities: {} });
// @ts-expect-error yes or no
definePlugin<'sink'>({ ...sink, capabilities: { partials: 'sometimes' } });
// @ts-expect-error a word that no sink knows
definePlugin<'sink'>({ ...sink, capabilities: { partials: true, colours: true } });
// @ts-expect-error a word of another kind
definePlugin<'sink'>({ ...sink, capabilities: { partials: true, scope: 'segment' } });
definePlugin<'sink'>({
  ...sink,
  capabilities: { partials: true, needs: ['display'], reasons: { busy: 'it is busy' } },
});
// @ts-expect-error nothing that a host knows of
definePlugin<'sink'>({ ...sink, capabilities: { partials: true, needs: ['luck'] } });
// @ts-expect-error another version of the contract
definePlugin<'sink'>({ ...sink, api: 2, capabilities: { partials: true } });
// @ts-expect-error another kind of part
definePlugin<'sink'>({ ...sink, capabilities: { partials: true }, create: async () => part('runner') });

const post = {
  id: 'post-typed',
  kind: 'postprocessor',
  api: 1,
  title: 'Typed',
  create: async () => part('postprocessor'),
} as const;

definePlugin<'postprocessor'>({ ...post, capabilities: { scope: 'session', stages: ['refined', 'polished'] } });
// @ts-expect-error a stage that there is not
definePlugin<'postprocessor'>({ ...post, capabilities: { scope: 'segment', stages: ['final'] } });
// @ts-expect-error a scope that there is not
definePlugin<'postprocessor'>({ ...post, capabilities: { scope: 'word', stages: ['draft'] } });
// @ts-expect-error a post-processor says in which stages it takes part
definePlugin<'postprocessor'>({ ...post, capabilities: { scope: 'segment' } });

const vad = { id: 'vad-typed', kind: 'vad', api: 1, title: 'Typed', create: async () => part('vad') } as const;
// @ts-expect-error a word of another kind
definePlugin<'vad'>({ ...vad, capabilities: { lasting: true } });

// Options have the type that the plugin names.
definePlugin<'sink', { readonly path: string }>({
  ...sink,
  capabilities: { partials: false },
  async create({ path }) {
    path satisfies string;
    return part('sink');
  },
});

// An edit is read, not changed.
declare const edit: Edit;
// @ts-expect-error readonly
edit.revision = 2;
// @ts-expect-error readonly
edit.changes.push({ segmentId: 'one', start: 0, remove: 0, insert: '' });
// @ts-expect-error a change says whose text it changes
const change: Edit['changes'][number] = { start: 0, remove: 0, insert: '' };

// A plugin of one kind is none of another.
declare const runner: Plugin<'runner'>;
// @ts-expect-error a runner is no sink
const mistaken: Plugin<'sink'> = runner;

export { change, mistaken };
