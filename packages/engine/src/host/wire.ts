// What the engine and a lane's process say to each other; all of it survives `structuredClone`.

import type { Clip, ErrorReport, Hint, LocatedModel, Transcript } from '@voiceinput/plugin-api';

/** What a lane's process must open. */
export interface RunnerSpec {
  readonly pluginId: string;
  /** Where the plugin's module is. */
  readonly url: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Whether the process gives way to others. */
  readonly lowPriority: boolean;
}

/** What a runner is asked for. */
export interface RunRequest {
  readonly clip: Clip;
  readonly hint: Hint;
  /** Names a clip that is still being spoken: the words agreed on so far are asked for. Absent: the clip is over. */
  readonly streamId?: string;
}

export type ToLane =
  | { readonly type: 'open'; readonly spec: RunnerSpec }
  | ({ readonly type: 'run'; readonly callId: number } & RunRequest)
  | { readonly type: 'end-stream'; readonly streamId: string }
  | { readonly type: 'abort'; readonly callId: number }
  | { readonly type: 'located'; readonly callId: number; readonly model: LocatedModel }
  | { readonly type: 'not-located'; readonly callId: number; readonly error: ErrorReport }
  | { readonly type: 'close' };

export type FromLane =
  | { readonly type: 'opened'; readonly model: string }
  | { readonly type: 'not-opened'; readonly error: ErrorReport }
  | { readonly type: 'done'; readonly callId: number; readonly transcript: Transcript }
  | { readonly type: 'fault'; readonly callId: number; readonly error: ErrorReport }
  /** A model is prepared; the runner's opening takes longer for it, and that is fine. */
  | { readonly type: 'preparing' | 'prepared' }
  | { readonly type: 'locate'; readonly callId: number; readonly modelId: string }
  | { readonly type: 'log'; readonly message: string };
