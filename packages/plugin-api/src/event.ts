// What the engine tells observers while it works.

import type { Outcome } from './edit.ts';
import type { ErrorReport } from './errors.ts';
import type { Decision, LaneName } from './session.ts';
import type { LanguageKnowledge, Stage } from './transcript.ts';

/** What happened. Positions in the audio are samples, host times are milliseconds. */
export type EventBody =
  | { readonly type: 'lane-ready'; readonly lane: LaneName; readonly pid: number; readonly startMs: number }
  | { readonly type: 'lane-unloaded'; readonly lane: LaneName; readonly pid: number }
  | { readonly type: 'lane-died'; readonly lane: LaneName; readonly pid: number; readonly error: ErrorReport }
  | { readonly type: 'session-started'; readonly sessionId: string; readonly label: string }
  /** The first audio arrived; where audio does not come at the speed of speech, latency counts from here. */
  | { readonly type: 'audio-started'; readonly sessionId: string }
  | {
      readonly type: 'speech-started';
      readonly sessionId: string;
      readonly segmentId: string;
      readonly startSample: number;
    }
  | {
      readonly type: 'segment-closed';
      readonly sessionId: string;
      readonly segmentId: string;
      readonly startSample: number;
      readonly endSample: number;
    }
  | { readonly type: 'released'; readonly sessionId: string; readonly sample: number }
  | {
      readonly type: 'run-started' | 'run-ended';
      readonly sessionId: string;
      readonly segmentId: string;
      readonly lane: LaneName;
      readonly stage: Stage;
    }
  | ({
      readonly type: 'text';
      readonly sessionId: string;
      readonly segmentId: string;
      readonly stage: Stage;
      readonly startSample: number;
      readonly endSample: number;
      /** Dictated words; absent unless the observer asked for them. */
      readonly text?: string;
      /** Only with stage `refined`. */
      readonly decision?: Decision;
    } & LanguageKnowledge)
  | {
      readonly type: 'edit';
      readonly sessionId: string;
      readonly segmentId: string;
      readonly revision: number;
      readonly outcome: Outcome;
    }
  /** How loud the microphone is, some ten times a second: root mean square, 0…1. */
  | { readonly type: 'level'; readonly sessionId: string; readonly level: number }
  | { readonly type: 'progress'; readonly sessionId: string; readonly sample: number }
  | { readonly type: 'warning'; readonly sessionId?: string; readonly error: ErrorReport }
  | { readonly type: 'log'; readonly from: string; readonly message: string }
  | {
      readonly type: 'session-ended';
      readonly sessionId: string;
      readonly outcome: string;
      /** Why it failed. */
      readonly error?: ErrorReport;
    };

/** An event as observers get it: `seq` counts from 1 without gaps, `atMs` is the host's monotonic time. */
export type EngineEvent = EventBody & { readonly seq: number; readonly atMs: number };
