// How one segment becomes text: a draft at once, then the better reading, each delivered when it exists.

import type { Decision, Hint, Stage, Transcript } from '@voiceinput/plugin-api';
import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import { hears } from '../configure/language.ts';
import type { JudgeRules } from '../judge/judge.ts';
import { flawOf, isSure } from '../judge/judge.ts';
import type { Lane } from '../schedule/lane.ts';
import type { Stretch } from '../segment/segmenter.ts';
import type { Finished } from './finish.ts';
import type { LanguageLane } from './ports.ts';

export interface SegmentAudio extends Stretch {
  readonly samples: Float32Array;
  readonly hint: Hint;
  /** What the fast lane heard or is hearing in just this audio already. It may be called off. */
  readonly heard?: Promise<Transcript>;
  /** Lets the segments of others pass. */
  readonly background: boolean;
}

export interface ReadingPort {
  readonly fast: Lane;
  readonly refine?: Lane;
  /** By the language of the draft, before `refine`. */
  readonly refineFor: readonly LanguageLane[];
  readonly rules: JudgeRules;
  /** The text that is delivered of what was heard. `draft`: what the fast lane heard. */
  finish(heard: Transcript, stage: Stage, draft?: Transcript): Promise<Finished>;
  /** The best text rewritten. Absent when nothing rewrites it. */
  polish(best: Finished, draft?: Transcript): Promise<Finished | undefined>;
  /** Brings the text to the sink. */
  deliver(stage: Stage, text: Finished, decision?: Decision): Promise<void>;
  /** A run of a lane begins or ends. */
  ran(when: 'run-started' | 'run-ended', lane: Lane, stage: Stage): void;
  warn(error: VoiceInputError): void;
}

/** What a lane heard, or why it heard nothing. */
type Heard = Transcript | VoiceInputError;

/**
 * Gives the reason when no lane could read the segment. Rejects only on abort: a lane that fails leaves the word to
 * the other one.
 */
export async function readSegment(
  segment: SegmentAudio,
  port: ReadingPort,
  signal: AbortSignal,
): Promise<VoiceInputError | undefined> {
  const first = (await heardAlready()) ?? (await listen(port.fast, 'draft', segment.hint));
  if (isVoiceInputError(first)) return port.refine === undefined ? first : readOnlyRefined(port.refine);

  const draft = await port.finish(first, 'draft');
  await port.deliver('draft', draft);
  if (port.refine !== undefined)
    await polish(await readAgain(laneFor(first.language) ?? port.refine, first, draft), first);
  return undefined;

  /** Gives the text that stands. */
  async function readAgain(lane: Lane, heard: Transcript, draft: Finished): Promise<Finished> {
    // Read again as one of the languages, foreign speech would become fluent invention.
    if (draft.doubtful !== undefined) return refined(draft, 'kept');
    if (isSure(heard, port.rules)) return refined(await port.finish(heard, 'refined', heard), 'confirmed');
    const second = await listen(lane, 'refined', { ...asHeard(segment.hint, heard), ...proposalOf(heard) });
    if (isVoiceInputError(second) || flawOf(second.text, heard.text) !== undefined) return refined(draft, 'kept');
    const better = await port.finish(second, 'refined', heard);
    if (better.doubtful !== undefined) return refined(draft, 'kept');
    return refined(better, better.text === draft.text ? 'agreed' : 'replaced');
  }

  async function refined(text: Finished, decision: Decision): Promise<Finished> {
    await port.deliver('refined', text, decision);
    return text;
  }

  async function polish(best: Finished, draft?: Transcript): Promise<void> {
    const polished = await port.polish(best, draft);
    if (polished !== undefined) await port.deliver('polished', polished);
  }

  function laneFor(language: string | undefined): Lane | undefined {
    if (language === undefined) return undefined;
    return port.refineFor.find(({ languages }) => hears(languages, language))?.lane;
  }

  async function readOnlyRefined(lane: Lane): Promise<VoiceInputError | undefined> {
    const only = await listen(lane, 'refined', segment.hint);
    if (isVoiceInputError(only)) return only;
    await polish(await refined(await port.finish(only, 'refined'), 'replaced'));
    return undefined;
  }

  /** Absent when it was called off, failed or gave nothing: the lane is asked once more then, with all that is known now. */
  async function heardAlready(): Promise<Transcript | undefined> {
    const heard = await segment.heard?.catch(() => undefined);
    signal.throwIfAborted();
    return heard?.text === '' ? undefined : heard;
  }

  async function listen(lane: Lane, stage: Stage, hint: Hint): Promise<Heard> {
    port.ran('run-started', lane, stage);
    try {
      const clip = { samples: segment.samples, startSample: segment.startSample };
      return await lane.run({ clip, hint, preemptible: false, background: segment.background }, signal);
    } catch (error) {
      signal.throwIfAborted();
      const reason = isVoiceInputError(error)
        ? error
        : new VoiceInputError('ERR_INTERNAL', `The ${lane.name} lane failed: ${String(error)}`, { cause: error });
      port.warn(reason);
      return reason;
    } finally {
      port.ran('run-ended', lane, stage);
    }
  }
}

/** The language is found once, by the draft: whoever reads again is told it. */
function asHeard({ languages, ...hint }: Hint, { language }: Transcript): Hint {
  if (languages === undefined) return hint;
  return language === undefined ? { ...hint, languages } : { ...hint, language };
}

/** What was heard as a hint for whoever reads the same audio again. Empty when it gave no tokens. */
export function proposalOf({ text, tokens, vocabulary }: Transcript): Pick<Hint, 'proposal'> {
  return tokens === undefined || vocabulary === undefined ? {} : { proposal: { text, tokens, vocabulary } };
}
