// What the history gets of a dictation that is over: all of it, just that it was, or nothing.

import type { HistoryEntry } from '@voiceinput/client';
import type { SegmentResult, SessionResult } from '@voiceinput/plugin-api';
import { samplesToMs } from '@voiceinput/plugin-api';
import { withoutText } from '../../history/history.ts';
import type { History } from '../../history/history.ts';
import type { Broadcast } from '../answer/broadcast.ts';
import { failed } from '../open/trouble.ts';

export type Remembered = 'all' | 'entry' | 'nothing';

export interface About {
  readonly id: string;
  readonly mode: HistoryEntry['mode'];
  readonly profile: string;
  readonly startedAt: Date;
  readonly retryOf?: string;
  /** The model that was asked for. */
  readonly model?: string | undefined;
}

export interface KeepingPort {
  readonly history: History;
  readonly broadcast: Broadcast;
}

/** Of how many that the history knows nothing of is said what became of them. */
const MOST_UNREMEMBERED = 20;

/** Keeps dictations in the history, as far as each may be remembered. */
export class Keeping {
  readonly #history: History;
  readonly #broadcast: Broadcast;
  /** Who waits for one of them gets an answer. */
  readonly #unremembered = new Map<string, HistoryEntry>();

  constructor({ history, broadcast }: KeepingPort) {
    this.#history = history;
    this.#broadcast = broadcast;
  }

  unremembered(id: string): HistoryEntry | undefined {
    return this.#unremembered.get(id);
  }

  /** Gives the entry as it is kept. */
  async keep(result: SessionResult, about: About, remembered: Remembered): Promise<HistoryEntry> {
    const { id } = about;
    const { recordings } = this.#history;
    const isDiscarded = remembered !== 'all';
    if (isDiscarded || result.secret === true) await recordings.remove(id);
    // A full disk has cut it short: read again, it would pass for all that was said.
    if (result.outcome === 'done' && !(await recordings.isWhole(id, result.audioSamples))) await recordings.remove(id);
    const hasAudio = await recordings.has(id);
    const entry = entryOf(result, { ...about, hasAudio });
    // The daemon ends before it was read: without an entry the next one reads it.
    if (result.outcome === 'cancelled' && !isDiscarded && hasAudio) return entry;
    // What was discarded, or dictated into a password field, is remembered nowhere.
    const kept = isDiscarded || result.secret === true ? withoutText(entry) : entry;
    if (isDiscarded) this.#broadcast.forget(id);
    const stored = remembered === 'nothing' ? this.#passOver(kept) : await this.#store(kept);
    this.#broadcast.emit({ type: 'history', sessionId: id, outcome: result.outcome });
    return stored;
  }

  warn(sessionId: string, error: unknown): void {
    const trouble = failed('The dictation cannot be saved in the history', error);
    this.#broadcast.emit({ type: 'warning', sessionId, error: trouble.toJSON() });
  }

  #store(entry: HistoryEntry): Promise<HistoryEntry> {
    return this.#history.put(entry).catch((error: unknown) => {
      this.warn(entry.id, error);
      return this.#passOver(entry);
    });
  }

  #passOver(entry: HistoryEntry): HistoryEntry {
    this.#unremembered.set(entry.id, entry);
    const [oldest = ''] = this.#unremembered.keys();
    if (this.#unremembered.size > MOST_UNREMEMBERED) this.#unremembered.delete(oldest);
    return entry;
  }
}

function entryOf(result: SessionResult, about: About & { readonly hasAudio: boolean }): HistoryEntry {
  const { label, app, secret, outcome, draft, text, audioSamples, error, segments } = result;
  const { draftMs, refinedMs, polishedMs } = result;
  const { startedAt, model, ...rest } = about;
  return {
    ...rest,
    ...(model !== undefined && { model }),
    startedAt: startedAt.toISOString(),
    endedAt: new Date().toISOString(),
    label,
    outcome,
    draft,
    text,
    audioMs: Math.round(samplesToMs(audioSamples)),
    edits: segments.flatMap(({ outcome }) => (outcome === undefined ? [] : [outcome])),
    segments: segments.map(keptOf),
    ...(app !== undefined && { app }),
    ...(secret === true && { secret }),
    ...(draftMs !== undefined && { draftMs }),
    ...(refinedMs !== undefined && { refinedMs }),
    ...(polishedMs !== undefined && { polishedMs }),
    ...(error !== undefined && { error: error.toJSON() }),
  };
}

type KeptSegment = NonNullable<HistoryEntry['segments']>[number];

/** What is kept of a segment beside the text of the whole dictation. */
function keptOf({ startSample, endSample, language, languageProbability, doubtful }: SegmentResult): KeptSegment {
  return {
    startMs: Math.round(samplesToMs(startSample)),
    endMs: Math.round(samplesToMs(endSample)),
    ...(language !== undefined && { language }),
    ...(languageProbability !== undefined && { languageProbability }),
    ...(doubtful && { doubtful }),
  };
}
