// What the plugin is: the text of a dictation on the clipboard.

import { applyChanges, definePlugin } from '@voiceinput/plugin-api';
import type { Stage } from '@voiceinput/plugin-api';

export interface ClipboardOptions {
  /** Which texts: at once the draft, then the better one, or only one of them. */
  readonly stage?: 'draft' | 'refined' | 'both';
}

/** So many dictations can still be taken back. */
const MOST_SESSIONS = 100;

/** Where no better text will come, the draft is the one. */
function unwantedStage(stage: ClipboardOptions['stage'], hybrid: boolean): Stage | undefined {
  if (stage === 'both' || !hybrid) return undefined;
  return stage === 'draft' ? 'refined' : 'draft';
}

export default definePlugin<'sink', ClipboardOptions>({
  id: 'sink-clipboard',
  kind: 'sink',
  api: 1,
  title: 'Copies text to the clipboard',
  capabilities: {
    partials: false,
    lasting: true,
    needs: ['clipboard'],
    reasons: { 'unknown-session': 'too many dictations came after it' },
  },
  config: {
    type: 'object',
    additionalProperties: false,
    properties: {
      stage: {
        enum: ['draft', 'refined', 'both'],
        default: 'both',
        description: 'Which texts to copy: the draft and then the refined text, or only one of them.',
      },
    },
  },
  async create({ stage = 'both' }, _context, signal) {
    const { openClipboard } = await import('./open.ts');
    const clipboard = await openClipboard(signal);
    const sessions = new Map<string, { readonly unwanted: Stage | undefined; text: string }>();
    return {
      async begin({ sessionId, hybrid }, abort) {
        abort.throwIfAborted();
        sessions.set(sessionId, { unwanted: unwantedStage(stage, hybrid), text: '' });
        const [oldest] = sessions.keys();
        if (sessions.size > MOST_SESSIONS && oldest !== undefined) sessions.delete(oldest);
        return {};
      },
      async apply(edit, abort) {
        abort.throwIfAborted();
        const session = sessions.get(edit.sessionId);
        if (session === undefined) return { kind: 'refused', reason: 'unknown-session' };
        const text = applyChanges(session.text, edit.changes);
        // A polished text is the refined one, better.
        const isWanted = (edit.cause === 'polished' ? 'refined' : edit.cause) !== session.unwanted;
        if (isWanted) await clipboard.put(text);
        // Last: where it cannot be put, the text before still stands.
        session.text = text;
        return { kind: 'applied', proof: isWanted ? 'verified' : 'unverified' };
      },
      async end(_result, abort) {
        abort.throwIfAborted();
      },
      close: () => clipboard.close(),
    };
  },
});
