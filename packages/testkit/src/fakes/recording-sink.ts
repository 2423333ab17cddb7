// What a sink in memory keeps of a dictation, and how it answers.

import { applyChanges, definePlugin } from '@voiceinput/plugin-api';
import type { Edit, Outcome, Plugin, SessionInfo, SessionResult, SinkNeed, SinkTarget } from '@voiceinput/plugin-api';

/** All that reached the sink, in order. */
export interface Recording {
  readonly begun: SessionInfo[];
  /** The sessions whose speaker came to an end, each with how many edits had come before. */
  readonly pinned: { readonly sessionId: string; readonly edits: number }[];
  readonly edits: Edit[];
  readonly outcomes: Outcome[];
  readonly ended: SessionResult[];
  /** The text as a user would see it now; of the last session that began. */
  text: string;
}

export interface RecordingSinkOptions {
  readonly id?: string;
  readonly partials?: boolean;
  readonly lasting?: boolean;
  readonly needs?: readonly SinkNeed[];
  readonly reasons?: Readonly<Record<string, string>>;
  readonly beginning?: SinkTarget | Promise<SinkTarget>;
  /** Answers an edit in place of `applied`; may throw, or wait for the signal. */
  readonly answer?: (edit: Edit, signal: AbortSignal) => Outcome | undefined | Promise<Outcome | undefined>;
}

/** A sink plugin together with its recording; every part that it creates writes to the same recording. */
export function recordingSink(options: RecordingSinkOptions = {}): { plugin: Plugin<'sink'>; recording: Recording } {
  const recording: Recording = { begun: [], pinned: [], edits: [], outcomes: [], ended: [], text: '' };
  const plugin = definePlugin<'sink', never>({
    id: options.id ?? 'sink-recording',
    kind: 'sink',
    api: 1,
    title: 'Keeps what it is told',
    capabilities: {
      partials: options.partials ?? true,
      ...(options.lasting === true && { lasting: true }),
      ...(options.needs && { needs: options.needs }),
      ...(options.reasons && { reasons: options.reasons }),
    },
    async create(_config, _context, signal) {
      signal.throwIfAborted();
      return {
        async begin(session, signal) {
          signal.throwIfAborted();
          recording.begun.push(session);
          recording.text = '';
          return options.beginning ?? {};
        },
        async pin(sessionId, signal) {
          signal.throwIfAborted();
          recording.pinned.push({ sessionId, edits: recording.edits.length });
        },
        async apply(edit, signal) {
          signal.throwIfAborted();
          const outcome = (await options.answer?.(edit, signal)) ?? { kind: 'applied', proof: 'verified' };
          if (outcome.kind === 'applied') recording.text = applyChanges(recording.text, edit.changes);
          recording.edits.push(edit);
          recording.outcomes.push(outcome);
          return outcome;
        },
        async end(result, signal) {
          signal.throwIfAborted();
          recording.ended.push(result);
        },
        close: async () => undefined,
      };
    },
  });
  return { plugin, recording };
}
