// Decides what the plugin is: the text of a dictation on the clipboard.

import { applyChanges, definePlugin } from '@voiceinput/plugin-api';

export interface ClipboardOptions {
  /** Which texts: at once the draft, then the better one, or only one of them. */
  readonly stage?: 'draft' | 'refined' | 'both';
}

/** So many dictations can still be taken back. */
const MOST_SESSIONS = 100;

export default definePlugin<'sink', ClipboardOptions>({
  id: 'sink-clipboard',
  kind: 'sink',
  api: 1,
  title: 'Puts texts on the clipboard',
  capabilities: { partials: false, lasting: true },
  config: {
    type: 'object',
    additionalProperties: false,
    properties: {
      stage: {
        enum: ['draft', 'refined', 'both'],
        default: 'both',
        description: 'Which texts: at once the draft and then the better one, or only one of them.',
      },
    },
  },
  async create({ stage = 'both' }, _context, signal) {
    const { openClipboard } = await import('./open.ts');
    const clipboard = await openClipboard(signal);
    const texts = new Map<string, string>();
    return {
      async begin({ sessionId }, abort) {
        abort.throwIfAborted();
        texts.set(sessionId, '');
        const [oldest] = texts.keys();
        if (texts.size > MOST_SESSIONS && oldest !== undefined) texts.delete(oldest);
        return {};
      },
      async apply(edit, abort) {
        abort.throwIfAborted();
        const text = applyChanges(texts.get(edit.sessionId) ?? '', edit.changes);
        texts.set(edit.sessionId, text);
        const isWanted = stage === 'both' || edit.cause === stage || !['draft', 'refined'].includes(edit.cause);
        if (isWanted) await clipboard.put(text);
        return { kind: 'applied', proof: isWanted ? 'verified' : 'unverified' };
      },
      async end(_result, abort) {
        abort.throwIfAborted();
      },
      close: () => clipboard.close(),
    };
  },
});
