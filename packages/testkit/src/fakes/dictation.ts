// Decides what an engine would tell a sink about a dictation, given the texts of its segments.

import { applyChanges } from '@voiceinput/plugin-api';
import type { Change, Edit, Outcome, SessionInfo, SessionResult, Stage } from '@voiceinput/plugin-api';

const SEGMENT_SAMPLES = 16_000;

/** A dictation in the making: turns texts of segments into edits and keeps the revisions. */
export interface Dictation {
  readonly info: SessionInfo;
  /** The session's text after all applied edits. */
  readonly text: string;
  /** The edit that gives `segmentId` this text; segments stand in the order in which they were first named. */
  edit(segmentId: string, cause: Edit['cause'], text: string): Edit;
  /** Tells what became of the last edit; until then it does not count. */
  settle(outcome: Outcome): void;
  /** What the engine would tell at the end. */
  result(changes?: Partial<SessionResult>): SessionResult;
}

export function dictation(info: Partial<SessionInfo> = {}): Dictation {
  const { sessionId = 'session-1', label = 'speech.wav', hybrid = true } = info;
  const segments = new Map<string, { stage: Stage; draft: string; text: string }>();
  let text = '';
  let applied = 0;
  let latest = 0;
  let pending: (() => void) | undefined;

  return {
    info: { sessionId, label, hybrid },
    get text() {
      return text;
    },
    edit(segmentId, cause, segmentText) {
      const old = segments.get(segmentId);
      const stage = cause === 'undo' || cause === 'cancel' ? 'draft' : cause;
      const draft = stage === 'refined' ? (old?.draft ?? '') : segmentText;
      const index = old ? [...segments.keys()].indexOf(segmentId) : segments.size;
      const after = new Map(segments).set(segmentId, { stage, draft, text: segmentText });
      const changes = wordChanges(text, joined([...after.values()].map((segment) => segment.text)));
      latest += 1;
      const edit: Edit = {
        sessionId,
        segmentId,
        baseRevision: applied,
        revision: latest,
        cause,
        changes,
        segment: {
          segmentId,
          stage,
          text: segmentText,
          startSample: index * SEGMENT_SAMPLES,
          endSample: (index + 1) * SEGMENT_SAMPLES,
        },
      };
      pending = () => {
        segments.set(segmentId, { stage, draft, text: segmentText });
        text = applyChanges(text, changes);
        applied = edit.revision;
      };
      return edit;
    },
    settle(outcome) {
      if (outcome.kind === 'applied') pending?.();
      pending = undefined;
    },
    result(changes = {}) {
      return {
        sessionId,
        label,
        outcome: text === '' ? 'no-speech' : 'done',
        audioSamples: segments.size * SEGMENT_SAMPLES,
        draft: joined([...segments.values()].map((segment) => segment.draft)),
        text,
        lanes: { fast: { runner: 'runner-scripted', model: 'scripted' } },
        segments: [...segments].map(([segmentId, segment], index) => ({
          segmentId,
          startSample: index * SEGMENT_SAMPLES,
          endSample: (index + 1) * SEGMENT_SAMPLES,
          draft: segment.draft,
          text: segment.text,
        })),
        ...changes,
      };
    },
  };
}

const joined = (texts: readonly string[]): string => texts.filter((text) => text !== '').join(' ');

/** One change that replaces the words between the common beginning and the common end. */
function wordChanges(before: string, after: string): Change[] {
  if (before === after) return [];
  const old = before.split(/(?<= )/u);
  const now = after.split(/(?<= )/u);
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const start = old.slice(0, head).join('').length;
  const removed = old.slice(head, old.length - tail).join('');
  return [{ start, remove: removed.length, insert: now.slice(head, now.length - tail).join('') }];
}
