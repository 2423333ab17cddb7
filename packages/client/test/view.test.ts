import { emptyView, viewAfter, viewOfStatus } from '@voiceinput/client';
import type { DaemonEvent, View } from '@voiceinput/client';
import { describe, expect, test } from 'vitest';
import { idle } from './idle.ts';

const recording = { sessionId: 's1', mode: 'hold', startedAt: '2026-11-21T07:00:00.000Z' } as const;
function after(events: readonly Readonly<Record<string, unknown>>[], view: View = viewOfStatus(idle)): View {
  return events.reduce<View>(
    (seen, event, index) => viewAfter(seen, { seq: index + 1, at: '', type: '', ...event } as DaemonEvent),
    view,
  );
}
const text = (stage: string, words: string, segment = 1) => ({
  type: 'text',
  sessionId: 's1',
  segmentId: `segment-${segment}`,
  startSample: segment * 16_000,
  stage,
  text: words,
});
const edit = (kind: string, segment = 1) => ({
  type: 'edit',
  sessionId: 's1',
  segmentId: `segment-${segment}`,
  outcome: { kind, reason: 'user-edited' },
});
const began = { type: 'state', recording };
const released = { type: 'state' };
const refining = { type: 'run-started', sessionId: 's1', segmentId: 'segment-1', lane: 'refine', stage: 'refined' };
const ended = { type: 'session-ended', sessionId: 's1', outcome: 'done' };

describe('a dictation in the view', () => {
  test('goes from listening over draft and refining to refined, with its words at each stage', () => {
    const steps = [
      [began, { phase: 'listening', recording, sessionId: 's1' }],
      [{ type: 'level', sessionId: 's1', level: 0.4 }, { level: 0.4 }],
      [text('partial', 'I had'), { partial: 'I had', draft: '', refined: '' }],
      [released, { phase: 'draft', recording: undefined, level: 0 }],
      [text('draft', 'I add coffee'), { draft: 'I add coffee', refined: 'I add coffee' }],
      [refining, { phase: 'refining' }],
      [text('refined', 'I had coffee'), { draft: 'I add coffee', refined: 'I had coffee' }],
      [edit('applied'), {}],
      [ended, { phase: 'refined', error: undefined }],
    ] as const;
    let view = viewOfStatus(idle);
    for (const [event, expected] of steps) {
      view = after([event], view);
      expect(view).toMatchObject(expected);
    }
  });

  test('of which a segment is doubtful is, until a better text of that segment is not', () => {
    const doubtful = { ...text('draft', 'the dog on', 2), doubtful: 'language' };
    const seen = after([began, text('draft', 'One.'), doubtful]);
    expect(seen.isDoubtful).toBe(true);
    expect(after([edit('applied', 2)], seen).isDoubtful).toBe(true);
    expect(after([text('refined', 'Two.', 2)], seen).isDoubtful).toBe(false);
  });

  test('of several segments shows them in order of speaking, each in its best stage', () => {
    const view = after([began, text('draft', 'two', 2), text('draft', 'one.', 1), text('refined', 'One.', 1)]);
    expect(view).toMatchObject({ draft: 'one. two', refined: 'One. two', phase: 'listening' });
  });

  test('whose refined text could not be put in place is offered', () => {
    const events = [began, released, text('draft', 'a'), edit('applied'), text('refined', 'b'), edit('offered'), ended];
    expect(after(events).phase).toBe('offered');
  });

  test('without a better reading ends as draft', () => {
    expect(after([began, released, text('draft', 'a'), edit('applied'), ended]).phase).toBe('draft');
  });

  test.each([
    ['cancelled', 'idle'],
    ['no-speech', 'no-speech'],
  ])('that ends %s is shown as %s', (outcome, phase) => {
    expect(after([began, released, { ...ended, outcome }]).phase).toBe(phase);
  });

  test('that fails says why', () => {
    const error = { code: 'ERR_MICROPHONE_LOST', message: 'It was unplugged.', hint: 'Plug it in.' };
    expect(after([began, released, { ...ended, outcome: 'failed', error }])).toMatchObject({ phase: 'error', error });
  });

  test('is not disturbed by other sessions, nor by what a newer daemon may tell', () => {
    const before = after([began, text('draft', 'a')]);
    const others = [
      { ...text('draft', 'x'), sessionId: 'file-1' },
      { ...ended, sessionId: 's0' },
      { type: 'something-new', sessionId: 's1' },
      { type: 'something-newer' },
    ];
    expect(after(others, before)).toEqual(before);
  });

  test('gives way to the next one', () => {
    const next = { ...recording, sessionId: 's2' };
    const view = after([began, text('draft', 'a'), released, { type: 'state', recording: next }]);
    expect(view).toMatchObject({ sessionId: 's2', phase: 'listening', draft: '', hybrid: true });
    expect(after([text('refined', 'late')], view)).toEqual(view);
  });
});

test('what is set is shown', () => {
  expect(after([{ type: 'settings', profile: 'quick', hybrid: false }])).toMatchObject({
    profile: 'quick',
    hybrid: false,
  });
});

test('a connection that comes back keeps the words of the dictation that goes on, and of no other', () => {
  const lost = { ...after([began, text('draft', 'a')]), connected: false };
  expect(viewOfStatus({ ...idle, state: 'recording', recording }, lost)).toMatchObject({
    connected: true,
    phase: 'listening',
    draft: 'a',
  });
  expect(viewOfStatus(idle, lost)).toEqual({ ...emptyView, connected: true, hybrid: true, profile: 'default' });
});
