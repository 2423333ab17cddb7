// A session's text as a value: what each segment should say, what its sink applied, and which edit leads from one to the other.

import type {
  Change,
  Decision,
  Decoding,
  Edit,
  Outcome,
  SegmentResult,
  SegmentText,
  Stage,
  Surroundings,
} from '@voiceinput/plugin-api';
import { reconcile } from '../reconcile/reconcile.ts';
import { alignWords } from '../reconcile/words.ts';
import { joined, spaced } from './pieces.ts';
import type { Fit } from './pieces.ts';

/** A segment's text at one stage, as it should stand. */
export interface WantedText extends SegmentText {
  /** What the refine stage decided. */
  readonly decision?: Decision;
  /** How it was read. */
  readonly decoded?: Decoding;
}

/** One segment: what it should say, what it said at each stage, and what stands in the sink. */
export interface SegmentState {
  readonly segmentId: string;
  readonly newest: WantedText;
  readonly texts: Readonly<Partial<Record<Stage, string>>>;
  /** What the sink applied last. Absent: nothing yet. */
  readonly applied?: AppliedText;
  /** What became of its last edit. */
  readonly outcome?: Outcome;
}

export interface AppliedText {
  readonly stage: Stage;
  /** As it was wanted. */
  readonly text: string;
  /** As it was fitted to its place, without spaces around. */
  readonly words: string;
}

export interface SessionText {
  readonly sessionId: string;
  /** In order of speaking. */
  readonly segments: readonly SegmentState[];
  /** Of the last edit, whatever became of it. */
  readonly revision: number;
  /** Of the last edit that was applied. */
  readonly appliedRevision: number;
  /** What was said until here was taken back: later texts of it are not written. */
  readonly supersededUntilSample: number;
}

/** What stands after a step back. */
export type TextLeft = 'refined' | 'draft' | 'nothing';

/** What taking one step back means: the texts that should stand, and the stage that they are of. */
export interface StepBack {
  readonly left: TextLeft;
  /** From the end: what stands before an edit stays where it is. */
  readonly texts: readonly WantedText[];
}

const SUPERSEDED: Outcome = { kind: 'refused', reason: 'superseded', explanation: 'it was already undone' };

/** The text of a session that has not said anything yet. */
export function emptyText(sessionId: string): SessionText {
  return {
    sessionId,
    segments: [],
    revision: 0,
    appliedRevision: 0,
    supersededUntilSample: Number.NEGATIVE_INFINITY,
  };
}

/** The text with one more wish. A partial changes nothing where a draft is there already. */
export function withWanted(text: SessionText, wanted: WantedText): SessionText {
  const { segmentId, stage } = wanted;
  const known = text.segments.find((segment) => segment.segmentId === segmentId);
  if (known !== undefined && stage === 'partial' && known.newest.stage !== 'partial') return text;
  const decision = wanted.decision ?? known?.newest.decision;
  const newest = decision === wanted.decision || decision === undefined ? wanted : { ...wanted, decision };
  const segment = { ...known, segmentId, newest, texts: { ...known?.texts, [stage]: wanted.text } };
  const others = text.segments.filter((other) => other !== known);
  return { ...text, segments: [...others, segment].toSorted((a, b) => a.newest.startSample - b.newest.startSample) };
}

/** What stands of the last segment that was applied, as it was wanted. */
export function lastApplied({ segments }: SessionText): WantedText | undefined {
  const last = segments.findLast(({ applied }) => applied !== undefined && applied.text !== '');
  if (last?.applied === undefined) return undefined;
  const { segmentId, startSample, endSample } = last.newest;
  return { segmentId, startSample, endSample, stage: last.applied.stage, text: last.applied.text };
}

/** Whether something newer is wanted in place of a partial. */
export function isOvertaken({ segments }: SessionText, wanted: WantedText): boolean {
  return wanted.stage === 'partial' && !segments.some(({ newest }) => newest === wanted);
}

/** Why a text that was read is not written: its words were taken back before. Absent when it may be. */
export function refusalOf(
  { supersededUntilSample }: SessionText,
  { stage, endSample }: WantedText,
  cause: Edit['cause'],
): Outcome | undefined {
  return cause === stage && endSample <= supersededUntilSample ? SUPERSEDED : undefined;
}

/** The edit that brings a wanted text of a known segment to the sink. */
export function editFor(text: SessionText, wanted: WantedText, about: EditContext): Edit {
  const { segmentId } = wanted;
  const { decision: _decision, decoded: _decoded, ...segment } = wanted;
  const standing = text.segments.map(({ applied }) => applied?.words ?? '');
  const words = fittedWords(text, wanted, about);
  const wished = text.segments.map((segment, at) => (segment.segmentId === segmentId ? words : standing[at]!));
  const [before, after] = [spaced(standing, about.surroundings), spaced(wished, about.surroundings)];
  let base = 0;
  const changes = text.segments.flatMap(({ segmentId: owner }, at): Change[] => {
    const own = reconcile(before[at]!, after[at]!);
    const changed = own.map((change) => ({ ...change, segmentId: owner, start: change.start + base }));
    base += before[at]!.length;
    return changed;
  });
  return {
    sessionId: text.sessionId,
    segmentId,
    baseRevision: text.appliedRevision,
    revision: text.revision + 1,
    cause: about.cause,
    ...(about.asked === true && { asked: true }),
    changes,
    segment: { ...segment, text: words, ...(segment.words && { words: alignWords(words, segment.words) }) },
  };
}

/** The wanted text as it fits behind what stands before it; only the last one has to fit what stands behind the place. */
function fittedWords(
  { segments }: SessionText,
  wanted: WantedText,
  { surroundings, fit, continued }: EditContext,
): string {
  const at = segments.findIndex(({ segmentId }) => segmentId === wanted.segmentId);
  const { before, ...place } = surroundings;
  const earlier = spaced(
    segments.slice(0, at).map(({ applied }) => applied?.words ?? ''),
    surroundings,
  ).join('');
  const isLast = segments.slice(at + 1).every(({ applied }) => (applied?.words ?? '') === '');
  const textBefore = before === undefined && earlier === '' ? undefined : (before ?? '') + earlier;
  return fit(wanted.text, {
    ...place,
    ...(textBefore !== undefined && { before: textBefore }),
    continued: continued || !isLast,
  });
}

export interface EditContext extends Pick<Edit, 'cause' | 'asked'> {
  /** What stands around the session's text. */
  readonly surroundings: Surroundings;
  readonly fit: Fit;
  /** Whether more may be said. */
  readonly continued: boolean;
}

/** The text after the sink has answered the edit that was made for `wanted`. */
export function withOutcome(
  text: SessionText,
  { wanted, edit: { segment, revision } }: { readonly wanted: WantedText; readonly edit: Edit },
  outcome: Outcome,
): SessionText {
  const isApplied = outcome.kind === 'applied';
  const settled = (state: SegmentState): SegmentState => ({
    ...state,
    outcome,
    ...(isApplied && { applied: { stage: segment.stage, text: wanted.text, words: segment.text } }),
  });
  return {
    ...text,
    revision,
    appliedRevision: isApplied ? revision : text.appliedRevision,
    segments: text.segments.map((state) => (state.segmentId === segment.segmentId ? settled(state) : state)),
  };
}

/** The text when all that was said until `untilSample` is taken back. */
export function superseded(text: SessionText, untilSample: number): SessionText {
  return { ...text, supersededUntilSample: Math.max(text.supersededUntilSample, untilSample) };
}

/**
 * What takes the applied text one step back: the best texts become those of the stage before; when there are none, or with
 * `all`, everything goes, also what was shown while it was said.
 */
export function stepBack(text: SessionText, { all }: { readonly all: boolean }): StepBack {
  const standing = text.segments.filter(({ applied }) => applied !== undefined && applied.text !== '');
  const left = all ? undefined : backStages.find((stage) => standing.some((segment) => stageBefore(segment) === stage));
  const moved = left === undefined ? standing : standing.filter((segment) => stageBefore(segment) === left);
  const texts = moved.map(({ newest, texts: known }): WantedText => {
    const { segmentId, startSample, endSample } = newest;
    return { segmentId, startSample, endSample, stage: left ?? 'draft', text: left === undefined ? '' : known[left]! };
  });
  return { left: left ?? 'nothing', texts: texts.toReversed() };
}

/** What a better text can become again, the best first. */
const backStages = ['refined', 'draft'] as const;
const LEVELS: Readonly<Record<Stage, number>> = { partial: 0, draft: 1, refined: 2, polished: 3 };

/** The stage whose text stood before the one that stands now. Absent: nothing did. */
function stageBefore({ applied, texts }: SegmentState): 'refined' | 'draft' | undefined {
  return backStages.find((stage) => {
    const isBefore = LEVELS[stage] < LEVELS[applied!.stage];
    return isBefore && texts[stage] !== undefined && texts[stage] !== '' && texts[stage] !== applied!.text;
  });
}

/** The newest texts where others stand, in order of speaking; none when nothing stands at all, or only what is newest. */
export function notStanding({ segments }: SessionText): readonly WantedText[] {
  const others = segments.filter(({ newest, applied }) => newest.stage !== 'partial' && newest.text !== applied?.text);
  const someStand = others.some(({ applied }) => applied !== undefined && applied.text !== '');
  return someStand ? others.map(({ newest }) => newest) : [];
}

/** What is wanted before a place in the audio. Partials do not count. */
export function textBefore(text: SessionText, startSample: number): string {
  const before = resultsOf(text).filter((segment) => segment.startSample < startSample);
  return joined(before.map((segment) => segment.text));
}

/** What is wanted, in order of speaking; with `partials` also what was being said when nothing more came. */
export function resultsOf({ segments }: SessionText, { partials = false } = {}): SegmentResult[] {
  return segments.flatMap(({ newest, texts, outcome }): SegmentResult[] => {
    const { stage, ...segment } = newest;
    if (stage === 'partial' && (!partials || segment.text === '')) return [];
    const draft = stage === 'partial' ? segment.text : (texts.draft ?? '');
    return [{ ...segment, draft, ...(outcome && { outcome }) }];
  });
}
