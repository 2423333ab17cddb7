import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dictation } from '@voiceinput/testkit';
import { plan, rewriting, Line } from '@voiceinput/field';
import type { Burst, Piece } from '@voiceinput/field';

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
const graphemesOf = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment);

/** A field that nobody can read: it only obeys keys, as Chromium does. */
class BlindField {
  characters: string[] = graphemesOf('before ');
  caret = this.characters.length;

  type(text: string): void {
    const typed = graphemesOf(text);
    this.characters.splice(this.caret, 0, ...typed);
    this.caret += typed.length;
  }

  backspace(): void {
    if (this.caret > 0) this.characters.splice((this.caret -= 1), 1);
  }

  obey({ left, remove, removed, text }: Burst): void {
    const place = this.caret - left;
    expect(place - remove).toBeGreaterThanOrEqual(0);
    expect(this.characters.splice(place - remove, remove).join('')).toBe(removed);
    this.caret = place - remove;
    this.type(text);
    this.caret += left;
    expect(this.caret).toBeLessThanOrEqual(this.characters.length);
  }

  get text(): string {
    return this.characters.join('');
  }
}

type Action =
  | { readonly do: 'type' }
  | { readonly do: 'backspace' }
  | { readonly do: 'say'; readonly session: number; readonly segment: number; readonly text: string };

const word = fc.constantFrom('um', 'so', 'да', 'café', 'e\u0301l', '👩‍👩‍👧', '日本');
const phrase = fc.array(word, { minLength: 0, maxLength: 4 }).map((words) => words.join(' '));
const actions = fc.array(
  fc.oneof({ arbitrary: fc.constant<Action>({ do: 'type' }), weight: 3 }, fc.constant<Action>({ do: 'backspace' }), {
    arbitrary: fc.record({
      do: fc.constant('say' as const),
      session: fc.integer({ min: 0, max: 1 }),
      segment: fc.integer({ min: 0, max: 2 }),
      text: phrase,
    }),
    weight: 3,
  }),
  { minLength: 3, maxLength: 20 },
);

describe('a field that cannot be read', () => {
  test('holds after any keys what was said last, and every character of the user in order', () => {
    fc.assert(
      fc.property(actions, (all: readonly Action[]) => {
        const field = new BlindField();
        const line = new Line();
        const told = [0, 1].map((index) => dictation({ sessionId: `s${index}` }));
        const pieces: (readonly Piece[])[] = [[], []];
        let digits = 0;
        let typed: string[] = [];
        for (const action of all) {
          if (action.do === 'type') {
            const digit = String(digits++ % 10);
            typed.push(digit);
            field.type(digit);
            line.hear({ kind: 'character' });
          } else if (action.do === 'backspace') {
            if (/\d/.test(field.characters[field.caret - 1] ?? '')) typed = typed.slice(0, -1);
            field.backspace();
            line.hear({ kind: 'backspace' });
          } else {
            const { session, segment, text } = action;
            const edit = told[session]!.edit(String(segment), 'draft', text);
            const next = rewriting(pieces[session]!, edit, String)!;
            const planned = plan(line, {
              sessionId: `s${session}`,
              segmentId: String(segment),
              rewrites: next.rewrites,
            });
            if (planned.kind !== 'burst') continue;
            field.obey(planned.burst);
            line.write(planned.burst.steps);
            told[session]!.settle({ kind: 'applied', proof: 'unverified' });
            pieces[session] = next.pieces;
          }
          expect(field.text.match(/\d/gu) ?? []).toEqual(typed);
          expect(field.caret).toBe(field.characters.length);
          const start = field.characters.length - line.end;
          if (line.endedBy !== undefined) continue;
          for (const span of line.spans.filter(({ touched }) => !touched)) {
            const from = start + span.start;
            expect(field.characters.slice(from, from + span.length).join('')).toBe(span.text);
          }
        }
      }),
    );
  });

  test.each([
    ['a click', { kind: 'unknown', reason: 'clicked' } as const, 'clicked'],
    ['Backspace beyond what is known', { kind: 'backspace' } as const, 'deleted-before'],
  ])('is not written to again after %s', (_name, meaning, reason) => {
    const line = new Line();
    line.hear(meaning);
    const rewrites = [
      { segmentId: '1', before: '', after: 'Hello', changes: [{ start: 0, remove: 0, insert: 'Hello' }] },
    ];
    expect(plan(line, { sessionId: 's', segmentId: '1', rewrites })).toEqual({ kind: 'unknown', reason });
  });

  test('is left alone where Left goes to the right', () => {
    const rewrites = [
      { segmentId: '1', before: '', after: 'שלום', changes: [{ start: 0, remove: 0, insert: 'שלום' }] },
    ];
    const planned = plan(new Line(), { sessionId: 's', segmentId: '1', rewrites });
    expect(planned).toEqual({ kind: 'unknown', reason: 'right-to-left' });
  });
});
