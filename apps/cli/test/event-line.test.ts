import { describe, expect, test } from 'vitest';
import { eventLine } from '../src/show/event-line.ts';

const at = new Date(2026, 10, 21, 6, 15, 2, 417).toISOString();
const sessionId = '20261121-031502-417-4f2a';
const lineOf = (event: { readonly type: string } & Readonly<Record<string, unknown>>) =>
  eventLine({ seq: 1, at, atMs: 12.5, sessionId, ...event });

describe('an event for people', () => {
  test('has a short local time, the end of the id, and the words', () => {
    const text = { segmentId: 's', startSample: 0, endSample: 9 };
    expect(lineOf({ type: 'text', stage: 'draft', text: 'Please come.', ...text })).toBe(
      '06:15:02.417  4f2a  draft    Please come.',
    );
    expect(lineOf({ type: 'text', stage: 'refined', ...text })).toBe('06:15:02.417  4f2a  refined');
    const doubtful = { language: 'de', doubtful: 'language', text: 'Guten Tag.' };
    expect(lineOf({ type: 'text', stage: 'draft', ...text, ...doubtful })).toBe(
      '06:15:02.417  4f2a  draft    Guten Tag. (doubtful: may be in the language de)',
    );
  });

  test.for(['level', 'progress', 'run-started', 'run-ended', 'model', 'history'])('is no %s', (type) => {
    expect(lineOf({ type, level: 0.1 })).toBeUndefined();
  });

  test.for([
    [{ type: 'state', recording: { sessionId, mode: 'hold', startedAt: at } }, 'Recording (hold)'],
    [{ type: 'state' }, 'Not recording'],
    [{ type: 'speech-started', segmentId: 's', startSample: 8_000 }, 'Speech from 0.5 s'],
    [{ type: 'released', sample: 32_000 }, 'Released at 2.0 s'],
    [{ type: 'edit', outcome: { kind: 'applied', proof: 'verified' } }, 'Text inserted'],
    [
      { type: 'edit', outcome: { kind: 'refused', reason: 'user-edited', explanation: 'you have edited it' } },
      'Text not changed (you have edited it)',
    ],
    [{ type: 'session-ended', outcome: 'no-speech' }, 'Session ended: no speech'],
    [
      { type: 'session-ended', outcome: 'failed', error: { code: 'ERR_DESKTOP', message: 'It broke.', hint: '' } },
      'Session ended: failed: It broke.',
    ],
    [{ type: 'settings', profile: 'quick', hybrid: false }, 'Settings: profile quick, hybrid off'],
    [{ type: 'of-a-newer-daemon', wonder: 1 }, 'of-a-newer-daemon'],
  ] as const)('says in words: %o', ([event, words]) => {
    expect(lineOf(event)).toMatch(/^06:15:02\.417 {2}4f2a {2}/);
    expect(lineOf(event)?.slice('06:15:02.417  4f2a  '.length)).toBe(words);
  });
});
