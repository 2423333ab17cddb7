// How what was heard becomes the text of a session: post-processors of its stage, for each segment and for the whole.

import type {
  Decoding,
  Postprocessor,
  PostprocessContext,
  Segment,
  Stage,
  Transcript,
  VoiceInputError,
} from '@voiceinput/plugin-api';
import { withSeparators } from '@voiceinput/plugin-api';
import type { Profile } from '../configure/profile.ts';
import type { WantedText } from '../deliver/text.ts';
import type { Writing } from '../deliver/writing.ts';
import { doubtOf } from '../judge/language.ts';
import { flawOfPolished } from '../judge/judge.ts';
import { reconcile } from '../reconcile/reconcile.ts';
import { spread } from '../reconcile/spread.ts';
import { alignWords } from '../reconcile/words.ts';
import type { OpenPart } from './ports.ts';
import { postprocess } from './postprocess.ts';

/** A segment's text, ready to be delivered. */
export type Finished = Omit<WantedText, 'stage' | 'decision' | keyof Segment>;

export interface Finishing {
  /** What is delivered of a segment. `draft`: what the fast lane heard of it, if it did. Rejects only on abort. */
  finish(heard: Transcript, about: FinishContext): Promise<Finished>;
  /**
   * The best text of a segment as post-processors rewrite it; the same where that looks worse, or the text is doubtful.
   * Absent when there is none for that.
   */
  polish(best: Finished, about: Omit<FinishContext, 'stage'>): Promise<Finished | undefined>;
  /** Rewrites the session's text where a post-processor of the whole session changes it. */
  finishSession(stage: Stage): Promise<void>;
}

export interface FinishContext {
  readonly segment: Segment;
  readonly stage: Stage;
  readonly draft?: Transcript | undefined;
}

export interface FinishingPort {
  readonly sessionId: string;
  readonly profile: Profile;
  readonly postprocessors: readonly OpenPart<'postprocessor', Postprocessor>[];
  readonly writing: Writing;
  /** The application that receives the text. Absent when unknown. */
  readonly app: string | undefined;
  /** Words of the user that are likely. */
  readonly words: readonly string[];
  warn(error: VoiceInputError): void;
}

/** `signal` is the session's. */
export function createFinishing(port: FinishingPort, signal: AbortSignal): Finishing {
  const { sessionId, profile, postprocessors, writing, app, words, warn } = port;

  function has(scope: 'segment' | 'session', stage: Stage): boolean {
    return postprocessors.some(
      ({ plugin: { capabilities } }) => capabilities.scope === scope && capabilities.stages.includes(stage),
    );
  }

  function process(
    heard: Transcript,
    about: Pick<PostprocessContext, 'stage' | 'segmentId' | 'draft' | 'precedingText'>,
  ): Promise<Transcript> {
    const scope = about.segmentId === undefined ? 'session' : 'segment';
    const language = profile.language ?? heard.language;
    const context = { sessionId, words, ...about, ...(app !== undefined && { app }), ...(language && { language }) };
    return postprocess(heard, context, { postprocessors, scope, warn }, signal);
  }

  async function finish(heard: Transcript, { segment, stage, draft }: FinishContext): Promise<Finished> {
    const { segmentId, startSample } = segment;
    const precedingText = writing.textBefore(startSample);
    const about = { stage, segmentId, precedingText, ...(draft && { draft }) };
    const { text, language = profile.language, languageProbability, words: said } = await process(heard, about);
    const doubtful = doubtOf(heard, profile);
    const decoded = decodingOf(heard);
    return {
      text,
      ...(language !== undefined && { language }),
      ...(languageProbability !== undefined && { languageProbability }),
      ...(doubtful && { doubtful }),
      ...(said && { words: said }),
      ...(decoded && { decoded }),
    };
  }

  return {
    finish,
    async polish(best, about) {
      if (!has('segment', 'polished')) return undefined;
      if (best.doubtful !== undefined || best.text === '') return best;
      const polished = await finish({ ...best, ...best.decoded }, { ...about, stage: 'polished' });
      return flawOfPolished(polished.text, best.text) === undefined ? polished : best;
    },
    async finishSession(stage) {
      if (!has('session', stage)) return;
      const standing = [...writing.segments];
      const pieces = withSeparators(standing.map(({ text }) => text));
      const text = pieces.join('');
      const { text: processed } = await process({ text }, { stage, precedingText: '' });
      if (stage === 'polished' && flawOfPolished(processed, text) !== undefined) return;
      const texts = spread(pieces, reconcile(text, processed));
      for (const [index, { outcome: _outcome, draft: _draft, ...segment }] of standing.entries()) {
        const after = texts[index]!.trimStart();
        if (after === segment.text) continue;
        const aligned = segment.words && { words: alignWords(after, segment.words) };
        await writing.write({ ...segment, stage, text: after, ...aligned });
      }
    },
  };
}

/** Absent when the runner tells nothing of it. */
function decodingOf({ meanLogProb, noSpeechProb, tokens }: Decoding): Decoding | undefined {
  const decoding = {
    ...(meanLogProb !== undefined && { meanLogProb }),
    ...(noSpeechProb !== undefined && { noSpeechProb }),
    ...(tokens && { tokens }),
  };
  return Object.keys(decoding).length === 0 ? undefined : decoding;
}
