// A runner that gives what no runner should, as its option says.

import type { Transcript } from '@voiceinput/plugin-api';
import { definePlugin } from '@voiceinput/plugin-api';

interface HostileOptions {
  readonly gives: keyof typeof ANSWERS | 'no part' | 'no part ever';
}

const ANSWERS = {
  nothing: () => undefined,
  'no text': () => ({}),
  'a number': () => ({ text: 5 }),
  'words that are none': () => ({ text: 'Hello.', words: [undefined] }),
  'a getter that throws': () => ({
    get text(): string {
      throw new Error('not today');
    },
  }),
  'what no process can send': () => ({ text: 'Hello.', language: () => 'en' }),
  'mail that means nothing': () => {
    for (const mail of [null, 7, 'ready', { type: 'fault' }, { type: 'done' }, { type: 'opened' }])
      process.send?.(mail);
    return { text: 'Hello.' };
  },
} as const satisfies Record<string, () => unknown>;

export default definePlugin<'runner', HostileOptions>({
  id: 'runner-hostile',
  kind: 'runner',
  api: 1,
  title: 'Keeps no promise',
  capabilities: { languages: ['en'], maxClipMs: 30_000, proposals: false },
  config: { type: 'object', properties: { gives: { type: 'string' } } },
  async create({ gives }) {
    if (gives === 'no part') return undefined as never;
    if (gives === 'no part ever') return new Promise<never>(() => undefined);
    return {
      model: 'hostile',
      run: async () => ANSWERS[gives]() as Transcript,
      close: async () => undefined,
    };
  },
});
