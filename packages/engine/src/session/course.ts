// What the phases of one dictation share, from its first frame to its last edit.

import type { EngineEvent, EventBody, SessionInfo, VoiceInputError } from '@voiceinput/plugin-api';
import { followAborts } from '../own/abort.ts';
import { createOwnership } from '../own/ownership.ts';
import type { Ownership } from '../own/ownership.ts';
import type { SessionPorts, SessionRequest } from './ports.ts';
import { createProgress } from './progress.ts';
import type { HearingProgress } from './progress.ts';
import { createReleaseTime } from './release-time.ts';
import type { ReleaseTime } from './release-time.ts';

export interface Course {
  readonly info: SessionInfo;
  readonly request: SessionRequest;
  readonly ports: SessionPorts;
  /** Aborted by whoever wanted the dictation. */
  readonly signal: AbortSignal;
  /** Aborted with `signal`, and when there is no point in going on. */
  readonly ending: AbortController;
  /** Closes what the dictation opened for itself. */
  readonly ownership: Ownership;
  readonly released: ReleaseTime;
  readonly progress: HearingProgress;
  emit(body: EventBody): EngineEvent;
  warn(error: VoiceInputError): void;
  /** The result will name this failure, unless there was one before. */
  fail(error: VoiceInputError): void;
  readonly error: VoiceInputError | undefined;
  /** Stops following `signal`. */
  unfollow(): void;
}

/** `signal` is that of whoever wants the dictation. */
export function createCourse(
  { info, request, ports }: Pick<Course, 'info' | 'request' | 'ports'>,
  signal: AbortSignal,
): Course {
  const { control: ending, unfollow } = followAborts(signal);
  const { sessionId } = info;
  const emit = (body: EventBody): EngineEvent => ports.trace.emit(body);
  let failure: VoiceInputError | undefined;
  return {
    info,
    request,
    ports,
    signal,
    ending,
    ownership: createOwnership(),
    released: createReleaseTime(),
    progress: createProgress({ sessionId, emit }),
    emit,
    warn: (error) => void emit({ type: 'warning', sessionId, error: error.toJSON() }),
    fail: (error) => void (failure ??= error),
    get error() {
      return failure;
    },
    unfollow,
  };
}
