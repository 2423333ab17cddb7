import type { HistoryEntry } from '@voiceinput/client';
import { expect, test } from 'vitest';
import { withoutAudio, withoutWords } from '../src/history/missing.ts';

const entry: HistoryEntry = {
  id: 'x',
  startedAt: '2026-11-21T06:00:00.000Z',
  endedAt: '2026-11-21T06:00:01.000Z',
  mode: 'hold',
  label: 'microphone',
  profile: 'default',
  outcome: 'done',
  edits: [],
  audioMs: 1000,
  hasAudio: false,
};
const kept = { keepText: true, keepAudio: true, textDays: 30, audioHours: 24, keepCorrected: false };
const noMicrophone = { code: 'ERR_MICROPHONE_MISSING', message: 'There is no microphone.', hint: '' };

test.for([
  ['was cancelled', { outcome: 'cancelled' }, /was cancelled/, /was cancelled/],
  ['was a password', { secret: true }, /password field/, /password field/],
  ['held no speech', { outcome: 'no-speech', text: '' }, /No speech was found/, /has been deleted/],
  ['was dictated without a microphone', { outcome: 'failed', audioMs: 0, error: noMicrophone }, /no mic/, /no mic/],
  ['is older than its audio', {}, /The text of x was not saved/, /has been deleted/],
] as const)('a dictation that %s says so when it is asked for', ([, changes, words, audio]) => {
  const asked = { ...entry, ...changes } as HistoryEntry;
  expect(withoutWords(asked)).toMatchObject({ code: 'ERR_HISTORY_UNKNOWN', message: expect.stringMatching(words) });
  expect(withoutAudio(asked, kept)).toMatchObject({ message: expect.stringMatching(audio) });
});

test('a setting is named only where it is the reason', () => {
  expect(withoutWords(entry).hint).toContain('keepText');
  expect(withoutWords({ ...entry, secret: true }).hint).not.toContain('keepText');
  expect(withoutAudio(entry, kept).hint).toContain('audioHours');
  expect(withoutAudio(entry, { ...kept, keepAudio: false }).hint).toContain('keepAudio');
});
