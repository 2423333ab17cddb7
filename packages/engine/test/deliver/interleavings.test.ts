// Two sessions that write into the same sink while they are edited, undone and cancelled in any order.

import fc from 'fast-check';
import type { Edit, Outcome, Stage } from '@voiceinput/plugin-api';
import { applyChanges, withSeparators } from '@voiceinput/plugin-api';
import { expect, test } from 'vitest';
import type { WantedText } from '../../src/deliver/text.ts';
import { createOrder } from '../../src/deliver/order.ts';
import type { Turn } from '../../src/deliver/order.ts';
import { createWriting } from '../../src/deliver/writing.ts';
import type { UndoResult, Writing } from '../../src/deliver/writing.ts';
import { createTrace } from '../../src/trace/trace.ts';

const SEGMENTS = 4;
const SEGMENT_SAMPLES = 1_000;
/** Of this segment the fast lane heard nothing: there is no draft that could return. */
const DRAFTLESS = 3;

type Session = 'first' | 'second';
type Action =
  | { readonly do: 'say'; readonly session: Session; readonly segment: number; readonly stage: Stage }
  | { readonly do: 'undo' | 'cancel'; readonly session: Session; readonly until: number }
  | { readonly do: 'abort the undo' | 'pass the turn' | 'close'; readonly session: Session }
  | { readonly do: 'answer'; readonly session: Session; readonly outcome: Outcome };

const session = fc.constantFrom<Session>('first', 'second');
const outcome = fc.constantFrom<Outcome>(
  { kind: 'applied', proof: 'verified' },
  { kind: 'applied', proof: 'unverified' },
  { kind: 'refused', reason: 'user-edited' },
  { kind: 'offered', reason: 'not-readable' },
);
const stage = fc.constantFrom<Stage>('partial', 'draft', 'refined');
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('say' as const), session, segment: fc.nat(SEGMENTS - 1), stage }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('answer' as const), session, outcome }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('undo' as const, 'cancel' as const), session, until: fc.nat(SEGMENTS) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('abort the undo' as const, 'pass the turn' as const, 'close' as const),
      session,
    }),
  },
);

interface Attempt {
  readonly edit: Edit;
  readonly signal: AbortSignal;
  outcome?: Outcome;
}

interface Undo {
  readonly all: boolean;
  /** Segments of which a draft was known when it was asked for. */
  readonly drafted: ReadonlySet<string>;
  readonly control: AbortController;
  readonly result: Promise<UndoResult | Error>;
}

/** One session with a sink that answers when it is told to, and that checks what it is asked. */
class Rig {
  readonly turn: Turn;
  readonly writing: Writing;
  readonly attempts: Attempt[] = [];
  readonly undone: Undo[] = [];
  readonly work: Promise<unknown>[] = [];
  text = '';
  #answer: ((outcome: Outcome) => void) | undefined;
  #untilSample = Number.NEGATIVE_INFINITY;
  #closed = false;
  #said = 0;
  readonly #drafted = new Set<string>();

  constructor(turn: Turn, mayWrite: () => boolean) {
    this.turn = turn;
    this.writing = createWriting(
      {
        sessionId: 'session',
        secret: false,
        trace: createTrace(),
        sink: {
          partials: true,
          surroundings: async () => (await turn.ready, {}),
          apply: async (edit, signal) => {
            expect(this.#answer, 'one edit at a time').toBeUndefined();
            expect(this.#closed, 'no edit once it is closed').toBe(false);
            expect(mayWrite(), 'no edit before its turn').toBe(true);
            if (edit.cause === edit.segment.stage)
              expect(edit.segment.endSample, 'nothing that was taken back').toBeGreaterThan(this.#untilSample);
            expect(edit.baseRevision).toBe(this.attempts.findLast(isApplied)?.edit.revision ?? 0);
            const attempt: Attempt = { edit, signal };
            this.attempts.push(attempt);
            attempt.outcome = await new Promise<Outcome>((resolve) => (this.#answer = resolve));
            if (isApplied(attempt)) this.text = applyChanges(this.text, edit.changes);
            expect(this.text, 'the field is what was applied of each segment').toBe(
              joined(standingAfter(this.attempts)),
            );
            return attempt.outcome;
          },
          end: async () => undefined,
        },
      },
      new AbortController().signal,
    );
  }

  say(segment: number, said: Stage): void {
    if (segment === DRAFTLESS && said === 'draft') return;
    this.#said += 1;
    const text = said === 'partial' ? `partial${segment} ${this.#said}` : `${said}${segment}`;
    const startSample = segment * SEGMENT_SAMPLES;
    const wanted: WantedText = {
      segmentId: `segment-${segment}`,
      stage: said,
      text,
      startSample,
      endSample: startSample + SEGMENT_SAMPLES,
    };
    if (said === 'draft') this.#drafted.add(wanted.segmentId);
    this.work.push(this.writing.write(wanted));
  }

  undo(cause: 'undo' | 'cancel', until: number): void {
    const all = cause === 'cancel';
    const untilSample = all ? Number.POSITIVE_INFINITY : until * SEGMENT_SAMPLES;
    if (!this.#closed) this.#untilSample = Math.max(this.#untilSample, untilSample);
    const control = new AbortController();
    const result = this.writing
      .undo({ cause, all, untilSample }, control.signal)
      .catch((error: unknown) => error as Error);
    this.undone.push({ all, drafted: new Set(this.#drafted), control, result });
    this.work.push(result);
  }

  answer(told: Outcome): void {
    const answer = this.#answer;
    this.#answer = undefined;
    answer?.(told);
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  get isAsked(): boolean {
    return this.#answer !== undefined;
  }

  async close(): Promise<void> {
    this.work.push(this.writing.close().then(() => expect(this.isAsked, 'closed after the last answer').toBe(false)));
    await settle();
    this.#closed = true;
  }
}

const isApplied = ({ outcome: told }: Attempt): boolean => told?.kind === 'applied';
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const joined = (standing: ReadonlyMap<string, string>): string =>
  withSeparators([...standing].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text)).join('');

function standingAfter(attempts: readonly Attempt[]): Map<string, string> {
  return new Map(attempts.filter(isApplied).map(({ edit }) => [edit.segmentId, edit.segment.text]));
}

/** What each undo should have asked of the sink, by what stood when its turn came. */
async function checkUndos({ attempts, undone }: Rig): Promise<void> {
  for (const { all, drafted, control, result } of undone) {
    const told = await result;
    const own = attempts.filter(({ signal }) => signal === control.signal);
    const first = attempts.findIndex(({ signal }) => signal === control.signal);
    expect(attempts.slice(Math.max(first, 0)).slice(0, own.length), 'an undo is one step').toEqual(
      first < 0 ? [] : own,
    );
    if (told instanceof Error) {
      expect(control.signal.aborted).toBe(true);
      continue;
    }
    expect(told.edits.toReversed()).toEqual(own.map((attempt) => attempt.outcome));
    if (own.length === 0) continue;
    const standing = [...standingAfter(attempts.slice(0, first))].filter(([, text]) => text !== '');
    const asked = new Map(own.map(({ edit }) => [edit.segmentId, edit.segment.text]));
    const refined = standing.filter(([, text]) => text.startsWith('refined')).map(([id]) => id);
    const mustReturn = all ? [] : refined.filter((id) => drafted.has(id));
    if (told.left === 'draft') {
      expect(refined).toEqual(expect.arrayContaining([...asked.keys()]));
      expect([...asked.keys()]).toEqual(expect.arrayContaining(mustReturn));
      for (const [id, text] of asked) expect(text).toBe(id.replace('segment-', 'draft'));
    } else {
      expect(mustReturn).toEqual([]);
      expect(asked).toEqual(new Map(standing.map(([id]) => [id, ''])));
    }
    if (all) expect(told.left).toBe('nothing');
  }
}

test('edits, undos, cancels and partials of two sessions in any order: the text is always what was applied', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 30 }), async (actions) => {
      const turnFor = createOrder();
      let hasPassed = false;
      const first = new Rig(turnFor('sink'), () => true);
      const second = new Rig(turnFor('sink'), () => hasPassed);
      const rigs = { first, second };
      for (const one of actions) {
        const rig = rigs[one.session];
        if (one.do === 'say') rig.say(one.segment, one.stage);
        else if (one.do === 'answer') rig.answer(one.outcome);
        else if (one.do === 'undo' || one.do === 'cancel') rig.undo(one.do, one.until);
        else if (one.do === 'abort the undo') rig.undone.at(-1)?.control.abort(new Error('aborted'));
        else if (one.do === 'close') void rig.close();
        else {
          if (rig === first) hasPassed = true;
          rig.turn.release();
        }
        await settle();
      }
      hasPassed = true;
      first.turn.release();
      await settle();
      for (const rig of [first, second]) {
        const untilSample = Number.POSITIVE_INFINITY;
        const last = rig.writing.undo({ cause: 'cancel', all: true, untilSample }, new AbortController().signal);
        for (await settle(); rig.isAsked; await settle()) rig.answer({ kind: 'applied', proof: 'verified' });
        await Promise.all([...rig.work, last]);
        if (!rig.isClosed) expect(rig.text).toBe('');
        await checkUndos(rig);
      }
    }),
  );
});
