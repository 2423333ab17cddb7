// Who decides between a draft and its second reading: the judge of the profile, else the engine's own rules.

import type { Judge, JudgeContext, Segment, Transcript, VoiceInputError } from '@voiceinput/plugin-api';
import type { Profile } from '../configure/profile.ts';
import { choiceFrom, yesOrNoFrom } from '../host/answers.ts';
import { asPluginError, callPlugin } from '../host/call.ts';
import { flawOf, isSure } from '../judge/judge.ts';
import type { OpenPart } from './ports.ts';

const DEADLINE_MS = 5_000;
const STAGES = ['draft', 'refined'] as const;

export interface Judging {
  /** Whether the draft is not worth a second reading. Rejects only on abort. */
  isSure(draft: Transcript): Promise<boolean>;
  /** Whether the second reading may stand in the draft's place. Rejects only on abort. */
  mayReplace(draft: Transcript, refined: Transcript): Promise<boolean>;
}

export interface JudgingPort {
  readonly sessionId: string;
  readonly segment: Pick<Segment, 'segmentId'>;
  readonly profile: Pick<Profile, 'language' | 'skipRefineAboveLogProb'>;
  /** Absent: the rules decide. */
  readonly judge: OpenPart<'judge', Judge> | undefined;
  warn(error: VoiceInputError): void;
}

/** A judge that fails leaves this decision to the rules. `signal` is the session's. */
export function createJudging(port: JudgingPort, signal: AbortSignal): Judging {
  const { profile, judge, warn } = port;

  function contextFor(draft: Transcript): JudgeContext {
    const language = profile.language ?? draft.language;
    const { skipRefineAboveLogProb } = profile;
    return {
      sessionId: port.sessionId,
      segmentId: port.segment.segmentId,
      ...(language !== undefined && { language }),
      ...(skipRefineAboveLogProb !== undefined && { skipRefineAboveLogProb }),
    };
  }

  /** What the judge says, else what the rules do. */
  async function ask<T>(
    method: 'isSure' | 'choose',
    work: (part: Judge, callSignal: AbortSignal) => Promise<T>,
    byRules: () => T,
  ): Promise<T> {
    if (judge === undefined) return byRules();
    const { plugin, part } = judge;
    try {
      const call = { pluginId: plugin.id, method, deadlineMs: DEADLINE_MS, signal };
      return await callPlugin(call, (callSignal) => work(part, callSignal));
    } catch (error) {
      signal.throwIfAborted();
      warn(asPluginError(error, plugin.id, method));
      return byRules();
    }
  }

  return {
    isSure: (draft) =>
      ask(
        'isSure',
        async (part, by) => yesOrNoFrom(await part.isSure(structuredClone(draft), contextFor(draft), by)),
        () => isSure(draft, profile),
      ),
    mayReplace: (draft, refined) =>
      ask(
        'choose',
        async (part, by) => {
          const readings = structuredClone({ draft, refined });
          return choiceFrom(await part.choose(readings, contextFor(draft), by), STAGES) === 'refined';
        },
        () => flawOf(refined.text, draft.text) === undefined,
      ),
  };
}
