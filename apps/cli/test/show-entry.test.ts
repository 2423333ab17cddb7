// What people read about a dictation: each text is called what it is.

import type { HistoryEntry } from '@voiceinput/client';
import { expect, test } from 'vitest';
import { entryText } from '../src/show/entry.ts';

const applied = { kind: 'applied', proof: 'verified' } as const;
const entry: HistoryEntry = {
  id: '20261121-031502-ab12',
  startedAt: '2026-11-21T03:15:02.000Z',
  endedAt: '2026-11-21T03:15:09.000Z',
  mode: 'hold',
  label: 'microphone',
  profile: 'default',
  outcome: 'done',
  draft: 'close the door',
  text: 'Close the door.',
  refinedMs: 900,
  edits: [applied],
  audioMs: 4200,
  hasAudio: true,
};
const { refinedMs: _none, ...drafted } = { ...entry, text: 'close the door' };

test.each<[string, HistoryEntry, readonly string[]]>([
  ['both readings', entry, ['draft      close the door', 'refined    Close the door.']],
  ['a draft that was never refined', drafted, ['draft      close the door']],
  ['a draft that was refined and stayed', { ...drafted, refinedMs: 900 }, ['refined    close the door']],
  [
    'a correction',
    { ...entry, correction: 'Close the gate.' },
    ['draft      close the door', 'refined    Close the door.', 'corrected  Close the gate.'],
  ],
])('of %s, each by its name', (_what, one, texts) => {
  expect(
    entryText(one)
      .split('\n')
      .slice(1)
      .map((line) => line.trim()),
  ).toEqual(texts);
});

test.each<[Partial<HistoryEntry>, RegExp]>([
  [{}, /done · inserted$/],
  [{ left: 'draft' }, /done · undone: the draft stands$/],
  [{ left: 'nothing' }, /done · undone$/],
  [{ outcome: 'reading', edits: [] }, /being transcribed$/],
  [
    { mode: 'retry', retryOf: '20261121-03', edits: [{ kind: 'offered' }] },
    /20261121-03 read again by the profile default$/,
  ],
  [{ mode: 'retry', retryOf: '20261121-03', model: 'whisper-small' }, /read again by whisper-small$/],
])('of %j says what became of it', (change, words) => {
  expect(entryText({ ...entry, ...change }).split('\n')[0]).toMatch(words);
});
