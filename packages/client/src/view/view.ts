// What a door shows: one picture of the daemon, made of its status and every event since.

import type { ErrorReport, EventBody } from '@voiceinput/plugin-api';
import type { Recording, Status } from '../protocol/entities.ts';
import type { DaemonEvent } from '../protocol/methods.ts';
import { withSegment, wordsIn } from './words.ts';
import type { SegmentWords } from './words.ts';

/**
 * `draft`: it stands. `refining`: the better reading is under way. `offered`: the refined text could not be put in place.
 * `no-speech`: nothing was said, or nothing was heard of it.
 */
export type Phase = 'idle' | 'listening' | 'draft' | 'refining' | 'refined' | 'offered' | 'no-speech' | 'error';

/** What a door shows. Plain data; every change gives a new one. */
export interface View {
  /** Whether the daemon answers. */
  readonly connected: boolean;
  readonly phase: Phase;
  /** How loud the microphone is, 0…1; 0 when nothing is recorded. */
  readonly level: number;
  /** The dictation that the rest is about: the newest. */
  readonly sessionId: string | undefined;
  readonly recording: Recording | undefined;
  readonly segments: readonly SegmentWords[];
  /** What was heard until now, while it is being said. Words are empty when events come without text. */
  readonly partial: string;
  readonly draft: string;
  /** The best text that there is of each segment: polished, else refined, else draft. */
  readonly refined: string;
  /** Whether some of it should be looked at: it may have been said in a language that is not spoken here. */
  readonly isDoubtful: boolean;
  readonly hybrid: boolean;
  readonly profile: string;
  /** What went wrong last with the newest dictation. */
  readonly error: ErrorReport | undefined;
}

export const emptyView: View = {
  connected: false,
  phase: 'idle',
  level: 0,
  sessionId: undefined,
  recording: undefined,
  segments: [],
  partial: '',
  draft: '',
  refined: '',
  isDoubtful: false,
  hybrid: false,
  profile: '',
  error: undefined,
};

/** The picture when a connection stands. Words of the dictation that was shown before stay when it is still the newest. */
export function viewOfStatus({ recording, transcribing, hybrid, profile }: Status, before = emptyView): View {
  const sessionId = recording?.sessionId ?? transcribing.at(-1);
  const same = sessionId !== undefined && sessionId === before.sessionId ? before : emptyView;
  const phase = recording !== undefined ? 'listening' : sessionId !== undefined ? 'draft' : 'idle';
  return { ...same, connected: true, phase, sessionId, recording, hybrid, profile };
}

/** The picture after an event. Events of other sessions than the newest dictation change nothing. */
export function viewAfter(view: View, event: DaemonEvent): View {
  // The daemon's own events and those of its engine; a type of a newer daemon changes nothing.
  const told = event as unknown as EventBody | OwnEvent;
  if (told.type === 'state') return afterState(view, told.recording);
  if (told.type === 'settings') return { ...view, profile: told.profile, hybrid: told.hybrid };
  if (!('sessionId' in told) || told.sessionId !== view.sessionId) return view;
  const isRecorded = view.recording !== undefined;
  switch (told.type) {
    case 'level':
      return { ...view, level: told.level };
    case 'text': {
      const { segmentId, startSample, stage, text = '', doubtful } = told;
      return withWords(view, { segmentId, startSample, doubtful, texts: { [stage]: text } });
    }
    case 'edit': {
      const { segmentId, outcome } = told;
      const known = view.segments.find((segment) => segment.segmentId === segmentId);
      return known === undefined ? view : withWords(view, { ...known, outcome });
    }
    case 'run-started':
      return told.stage === 'refined' && !isRecorded ? { ...view, phase: 'refining' } : view;
    case 'warning':
      return { ...view, error: told.error };
    case 'session-ended':
      return { ...view, phase: lastPhase(view, told.outcome), error: told.error ?? view.error };
    default:
      return view;
  }
}

type OwnEvent =
  | { readonly type: 'state'; readonly recording?: Recording }
  | { readonly type: 'settings'; readonly profile: string; readonly hybrid: boolean };

function afterState(view: View, recording: Recording | undefined): View {
  if (recording === undefined)
    return { ...view, recording, level: 0, phase: view.phase === 'listening' ? 'draft' : view.phase };
  const { connected, hybrid, profile } = view;
  if (recording.sessionId === view.sessionId) return { ...view, recording, phase: 'listening' };
  return { ...emptyView, connected, hybrid, profile, recording, sessionId: recording.sessionId, phase: 'listening' };
}

function withWords(view: View, changed: SegmentWords): View {
  const segments = withSegment(view.segments, changed);
  return {
    ...view,
    segments,
    partial: wordsIn(segments, 'draft', 'partial'),
    draft: wordsIn(segments, 'draft'),
    refined: wordsIn(segments, 'polished', 'refined', 'draft'),
    isDoubtful: segments.some(({ doubtful }) => doubtful !== undefined),
  };
}

function lastPhase({ segments }: View, outcome: string): Phase {
  if (outcome === 'failed') return 'error';
  if (outcome === 'no-speech') return 'no-speech';
  if (outcome !== 'done') return 'idle';
  if (segments.some((segment) => segment.outcome?.kind === 'offered')) return 'offered';
  return segments.some(({ texts }) => texts.refined !== undefined) ? 'refined' : 'draft';
}
