import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Edit } from '@voiceinput/plugin-api';
import { dictation } from '@voiceinput/testkit';
import { change } from '../src/accessibility/write.ts';
import {
  middleChange,
  rewriting,
  rebased,
  refound,
  endOf,
  codePoints,
  graphemes,
  utf16,
  written,
} from '@voiceinput/field';
import type { Piece, Span } from '@voiceinput/field';
import { SimulatedField } from './simulated-field.ts';

const never = new AbortController().signal;
const waiting = { lastKeyAtMs: () => Number.NEGATIVE_INFINITY, signal: never };

function span(start: number, text: string, segmentId = 'one'): Span {
  return { sessionId: 's', segmentId, start, length: text.length, text, touched: false };
}

describe('units', () => {
  test.each([
    ['code points', codePoints, 'a👍é', 3],
    ['UTF-16', utf16, 'a👍é', 4],
    ['graphemes', graphemes, 'e\u0301👩‍👩‍👧x', 3],
  ])('%s', (_name, unit, text, length) => {
    expect(unit.length(text)).toBe(length);
    expect(unit.index(text, length)).toBe(text.length);
    expect(unit.index(text, 99)).toBe(text.length);
    expect(text.slice(0, unit.index(text, 1))).toBe(unit === graphemes ? 'e\u0301' : 'a');
  });
});

describe('a stretch of ours', () => {
  test.each([
    ['typing before moves it', { at: 3, remove: 0, insert: 2 }, 12, false],
    ['typing right before moves it', { at: 10, remove: 0, insert: 2 }, 12, false],
    ['typing right behind does nothing', { at: 15, remove: 0, insert: 2 }, 10, false],
    ['typing inside touches it', { at: 12, remove: 0, insert: 1 }, 10, true],
    ['deleting before moves it', { at: 8, remove: 2, insert: 0 }, 8, false],
    ['deleting its first character touches it', { at: 9, remove: 2, insert: 0 }, 10, true],
    ['deleting its last character touches it', { at: 14, remove: 5, insert: 0 }, 10, true],
    ['deleting behind does nothing', { at: 15, remove: 5, insert: 0 }, 10, false],
  ])('%s', (_name, edit, start, touched) => {
    expect(rebased([span(10, 'hello')], edit)).toEqual([{ ...span(10, 'hello'), start, touched }]);
  });

  test('grows and shrinks with our own steps, and moves the others', () => {
    const spans = [span(0, 'helo'), span(4, ' you', 'two')];
    const inserted = written(spans, { kind: 'insert', owner: spans[0]!, at: 4, text: '!' }, utf16);
    expect(inserted).toEqual([span(0, 'helo!'), span(5, ' you', 'two')]);
    const deleted = written(inserted, { kind: 'delete', owner: spans[0]!, at: 1, text: 'e' }, utf16);
    expect(deleted).toEqual([span(0, 'hlo!'), span(4, ' you', 'two')]);
  });

  test('is found again where its text stands once, and nowhere else', () => {
    expect(refound([span(0, 'hello')], 'well, hello', utf16)).toEqual([span(6, 'hello')]);
    expect(refound([span(0, 'hello')], 'hello hello', utf16)[0]!.touched).toBe(true);
    expect(refound([span(0, 'hello')], 'another document', utf16)[0]!.touched).toBe(true);
    expect(refound([span(0, 'a')], 'a', utf16)[0]!.touched).toBe(true);
  });
});

const word = fc.constantFrom('um', 'so', 'well', 'да', 'café', 'e\u0301', '👩‍👩‍👧', '日本', 'ok,', 'meet');
const phrase = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' '));

describe('what an edit means for each segment', () => {
  test('the changes of each segment make its new text, whatever acts in a field is left out', () => {
    const said = fc.oneof(phrase, fc.constant(''), fc.constantFrom('a\u0007b', 'x\u202ey'));
    const steps = fc.array(fc.tuple(fc.constantFrom('one', 'two', 'three'), said), { minLength: 1, maxLength: 8 });
    const shown = (text: string): string => text.replace(/[\u0007\u202e]/gu, '');
    fc.assert(
      fc.property(steps, (texts) => {
        const told = dictation();
        let pieces: readonly Piece[] = [];
        for (const [segmentId, text] of texts) {
          const edit = told.edit(segmentId, 'draft', text);
          const next = rewriting(pieces, edit, shown)!;
          told.settle({ kind: 'applied', proof: 'verified' });
          expect(next.pieces.map((piece) => piece.said).join('')).toBe(told.text);
          expect(next.rewrites.map(({ after }) => after).join('')).toBe(shown(told.text));
          for (const { before, after, changes } of next.rewrites) {
            let [made, at] = ['', 0];
            for (const { start, remove, insert } of changes) {
              made += before.slice(at, start) + insert;
              at = start + remove;
            }
            expect(made + before.slice(at)).toBe(after);
          }
          pieces = next.pieces;
        }
      }),
    );
  });

  test('an edit that does not fit is told apart', () => {
    const edit: Edit = {
      sessionId: 's',
      segmentId: 'one',
      baseRevision: 0,
      revision: 1,
      cause: 'draft',
      changes: [{ segmentId: 'one', start: 0, remove: 0, insert: 'Something else' }],
      segment: { segmentId: 'one', stage: 'draft', text: 'Hello', startSample: 0, endSample: 1 },
    };
    expect(rewriting([], edit, String)).toBeUndefined();
  });

  test('one change covers all that differs, in whole graphemes', () => {
    expect(middleChange('e\u0301x', 'ex')).toEqual([{ start: 0, remove: 2, insert: 'e' }]);
    expect(middleChange('same', 'same')).toEqual([]);
  });
});

/** Places are fractions of the field's length. */
type Action =
  | { readonly do: 'type'; readonly at: number; readonly text: string }
  | { readonly do: 'delete'; readonly at: number; readonly length: number }
  | { readonly do: 'move'; readonly at: number }
  | {
      readonly do: 'say';
      readonly session: number;
      readonly segment: number;
      readonly text: string;
      readonly race: Race;
    }
  | { readonly do: 'take back'; readonly session: number; readonly segment: number };

/** What the user does between two steps of ours. */
interface Race {
  readonly beforeStep: number;
  readonly at: number;
  readonly text: string;
}

const fraction = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100);
const noRace: Race = { beforeStep: -1, at: 0, text: '' };
const race = fc.record({
  beforeStep: fc.integer({ min: 0, max: 4 }),
  at: fraction,
  text: fc.constantFrom('x', 'yz', '👍'),
});

function actionsWith(races: fc.Arbitrary<Race>): fc.Arbitrary<Action[]> {
  const session = fc.integer({ min: 0, max: 2 });
  const segment = fc.integer({ min: 0, max: 2 });
  const saying = fc.record({ do: fc.constant('say' as const), session, segment, text: phrase, race: races });
  return fc.array(
    fc.oneof(
      fc.record({ do: fc.constant('type' as const), at: fraction, text: word }),
      fc.record({ do: fc.constant('delete' as const), at: fraction, length: fc.integer({ min: 1, max: 4 }) }),
      fc.record({ do: fc.constant('move' as const), at: fraction }),
      { arbitrary: saying, weight: 4 },
      fc.record({ do: fc.constant('take back' as const), session, segment }),
    ),
    { minLength: 4, maxLength: 24 },
  );
}

/** Three dictations and a user in one field. */
class Desk {
  readonly simulated: SimulatedField;
  readonly #told = [0, 1, 2].map((index) => dictation({ sessionId: `session-${index}` }));
  readonly #pieces = new Map<string, readonly Piece[]>();
  readonly #texts = new Map<string, string>();
  readonly #touched = new Set<string>();
  /** Whether the user was between two steps of ours, after which a stretch may be neither the one nor the other. */
  raced = false;

  constructor(tellsTooEarly = false) {
    this.simulated = new SimulatedField({ tellsTooEarly });
  }

  async act(action: Action): Promise<void> {
    const { simulated } = this;
    if (action.do === 'move') simulated.caret = this.#place(action.at);
    else if (action.do === 'type') this.#type(this.#place(action.at), action.text);
    else if (action.do === 'delete') this.#delete(this.#place(action.at), action.length);
    else if (action.do === 'say') await this.#say(action, action.text, action.race);
    else if (this.#texts.has(this.#key(action))) await this.#say(action, '', noRace);
  }

  check(): void {
    const { stands, should } = this.simulated.typed;
    expect(stands).toEqual(should);
    for (const { start, length, text, touched } of this.simulated.field.ledger.spans) {
      if (!touched) expect(this.simulated.textOf(start, start + length)).toBe(text);
    }
    if (this.raced) return;
    for (const [key, text] of this.#texts) {
      const spans = this.simulated.field.ledger.spans.filter((one) => `${one.sessionId} ${one.segmentId}` === key);
      expect(spans.map(({ touched }) => touched)).toEqual(text === '' ? [] : [this.#touched.has(key)]);
      if (text !== '' && !this.#touched.has(key)) expect(spans[0]!.text.trimStart()).toBe(text);
    }
  }

  async #say(where: { session: number; segment: number }, text: string, race: Race): Promise<void> {
    const told = this.#told[where.session]!;
    const key = this.#key(where);
    const [sessionId = '', segmentId = ''] = key.split(' ');
    const edit = told.edit(segmentId, this.#texts.has(key) ? 'refined' : 'draft', text);
    const next = rewriting(this.#pieces.get(sessionId) ?? [], edit, String)!;
    this.#race(race);
    const touchedByCaret = this.#spansAround(this.simulated.caret);
    const outcome = await change(this.simulated.field, { sessionId, segmentId, rewrites: next.rewrites }, waiting);
    this.simulated.beforeWriting = () => undefined;
    if (!this.raced) expect(this.#touched.has(key) ? ['touched', 'different'] : ['done']).toContain(outcome);
    if (outcome === 'unproven') this.#touched.add(key);
    if (outcome !== 'done') return;
    told.settle({ kind: 'applied', proof: 'verified' });
    this.#pieces.set(sessionId, next.pieces);
    this.#texts.set(key, text);
    const { spans } = this.simulated.field.ledger;
    for (const cut of touchedByCaret) {
      const now = spans.find((one) => `${one.sessionId} ${one.segmentId}` === cut);
      if (now?.touched) this.#touched.add(cut);
    }
  }

  #race({ beforeStep, at, text }: Race): void {
    if (beforeStep < 0) return;
    let step = 0;
    this.simulated.beforeWriting = () => {
      if (step++ !== beforeStep) return;
      this.raced = true;
      this.simulated.userTypes(Math.round(at * this.simulated.length), text);
    };
  }

  #type(at: number, text: string): void {
    for (const key of this.#spansAround(at)) this.#touched.add(key);
    this.simulated.userTypes(at, text);
  }

  #delete(at: number, length: number): void {
    const end = Math.min(at + length, this.simulated.length);
    for (const { start, touched, sessionId, segmentId, ...rest } of this.simulated.field.ledger.spans) {
      if (!touched && at < endOf({ start, ...rest }) && end > start) this.#touched.add(`${sessionId} ${segmentId}`);
    }
    this.simulated.userDeletes(at, length);
  }

  #spansAround(at: number): string[] {
    return this.simulated.field.ledger.spans
      .filter((one) => !one.touched && at > one.start && at < endOf(one))
      .map(({ sessionId, segmentId }) => `${sessionId} ${segmentId}`);
  }

  #place(at: number): number {
    return Math.round(at * this.simulated.length);
  }

  #key({ session, segment }: { session: number; segment: number }): string {
    return `session-${session} ${segment}`;
  }
}

describe('several dictations and a user in one field', () => {
  test('no character of the user is lost or moved, each segment is what was said last, or the user’s', async () => {
    await fc.assert(
      fc.asyncProperty(actionsWith(fc.constant(noRace)), async (actions) => {
        const desk = new Desk();
        for (const action of actions) {
          await desk.act(action);
          desk.check();
        }
      }),
    );
  });

  test('nor when the user types between two steps of ours', async () => {
    await fc.assert(
      fc.asyncProperty(actionsWith(fc.oneof(race, fc.constant(noRace))), fc.boolean(), async (actions, early) => {
        const desk = new Desk(early);
        for (const action of actions) {
          await desk.act(action);
          desk.check();
        }
      }),
    );
  });

  test('nor is a segment half old and half new when the user types into it between two steps of ours', async () => {
    await fc.assert(
      fc.asyncProperty(phrase, phrase, race, fc.boolean(), async (draft, refined, { beforeStep, at, text }, early) => {
        const simulated = new SimulatedField({ tellsTooEarly: early });
        const told = dictation();
        simulated.userTypes(0, 'before ');
        simulated.caret = simulated.length;
        let pieces: readonly Piece[] = [];
        const say = async (cause: 'draft' | 'refined', text: string): Promise<string> => {
          const edit = told.edit('one', cause, text);
          const next = rewriting(pieces, edit, String)!;
          const { rewrites } = next;
          const outcome = await change(
            simulated.field,
            { sessionId: told.info.sessionId, segmentId: 'one', rewrites },
            waiting,
          );
          told.settle({ kind: 'applied', proof: 'verified' });
          ({ pieces } = next);
          return outcome;
        };
        expect(await say('draft', draft)).toBe('done');
        let step = 0;
        simulated.beforeWriting = () => {
          if (step++ === beforeStep) simulated.userTypes(Math.round(at * simulated.length), text);
        };
        const outcome = await say('refined', refined);
        const { stands, should } = simulated.typed;
        expect(stands).toEqual(should);
        expect(simulated.dictated, outcome).toBe(outcome === 'done' ? refined : draft);
      }),
    );
  });
});
