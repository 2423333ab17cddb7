import { join } from 'node:path';
import type { HistoryEntry } from '@voiceinput/client';
import type { Outcome } from '@voiceinput/plugin-api';
import { afterEach, describe, expect, test } from 'vitest';
import { openHistory } from '../../../src/history/history.ts';
import type { History } from '../../../src/history/history.ts';
import { paste, pastedOrWhy, undo, undoneOrWhy } from '../../../src/serve/dictate/written.ts';
import type { WrittenPort } from '../../../src/serve/dictate/written.ts';
import { ownFolder } from '../../voiceinput/scene.ts';

const base = ownFolder();
const opened: History[] = [];
afterEach(async () => {
  for (const history of opened.splice(0)) await history.close();
});
let count = 0;

const entryAt = (second: number, changes: Partial<HistoryEntry>): HistoryEntry => ({
  id: `20261121-06000${second}-000-abcd`,
  startedAt: '2026-11-21T06:00:00.000Z',
  endedAt: '2026-11-21T06:00:01.000Z',
  mode: 'hold',
  label: 'microphone',
  profile: 'default',
  outcome: 'done',
  edits: [],
  audioMs: 1000,
  hasAudio: false,
  ...changes,
});
const older = entryAt(1, { draft: 'The older.', text: 'The older.' });

/** A real history; what is inserted is written down. `reading` is being read and remembered when somebody asks for it. */
async function open(
  entries: readonly HistoryEntry[],
  { reading, replacing = [] }: { readonly reading?: HistoryEntry; readonly replacing?: readonly Outcome[] } = {},
) {
  const settings = { keepText: true, keepAudio: true, textDays: 30, audioHours: 24, keepCorrected: false };
  const history = await openHistory({
    folder: join(base, `${(count += 1)}`),
    settings: () => settings,
    warn: () => undefined,
  });
  opened.push(history);
  for (const entry of entries) await history.put(entry);
  const inserted: string[] = [];
  const insert = async ({ text }: { readonly text: string }) => {
    inserted.push(text);
    return { kind: 'applied', proof: 'verified' };
  };
  const written = {
    history,
    dictations: {
      transcribing: reading === undefined ? [] : [reading.id],
      resultOf: () => history.put(reading!),
      wrote: () => undefined,
    },
    engines: {
      now: {
        engine: { insert, replace: async () => replacing, undo: async () => ({ left: 'draft', edits: replacing }) },
      },
    },
    settings: () => ({ sink: { use: 'none', options: {} } }),
  } as unknown as WrittenPort;
  return { written, inserted };
}

describe('pasting without a name', () => {
  test.each([
    ['went into a password field', { secret: true }, /password field/],
    ['was not kept', {}, /was not saved/],
  ])('inserts no older text in place of the newest that %s', async (_why, newest, message) => {
    const { written, inserted } = await open([older, entryAt(2, newest)]);
    await expect(paste(written, {})).rejects.toMatchObject({
      code: 'ERR_HISTORY_UNKNOWN',
      message: expect.stringMatching(message),
      hint: expect.stringContaining('voiceinput history'),
    });
    expect(inserted).toEqual([]);
  });

  test.each([
    ['was dropped', { outcome: 'cancelled' }],
    ['held no speech', { outcome: 'no-speech', draft: '', text: '' }],
    ['failed before a word was heard', { outcome: 'failed', draft: '', text: '' }],
  ] as const)('passes over what %s', async (_why, newest) => {
    const { written, inserted } = await open([older, entryAt(2, newest)]);
    await paste(written, {});
    expect(inserted).toEqual(['The older.']);
  });

  test('waits for the one that is still being read', async () => {
    const { written, inserted } = await open([older], {
      reading: entryAt(2, { draft: 'The newest.', text: 'The newest.' }),
    });
    await paste(written, {});
    expect(inserted).toEqual(['The newest.']);
  });
});

test('a dictation that is named and has no words is refused with the reason', async () => {
  const { written, inserted } = await open([older, entryAt(2, { outcome: 'no-speech', draft: '', text: '' })]);
  await expect(paste(written, { id: '20261121-060002' })).rejects.toMatchObject({
    message: expect.stringMatching(/^No speech was found/),
  });
  expect(inserted).toEqual([]);
});

describe('where the draft of a dictation stands', () => {
  const applied: Outcome = { kind: 'applied', proof: 'unverified' };
  const gone: Outcome = { kind: 'offered', reason: 'clicked' };

  test('the refined text takes its place, and nothing is inserted', async () => {
    const { written, inserted } = await open([older], { replacing: [applied] });
    expect(await paste(written, {})).toEqual({ sessionId: older.id, edit: applied });
    expect(inserted).toEqual([]);
  });

  test.each([[[gone]], [[applied, gone]]])(
    'but cannot be replaced, nothing is copied without asking',
    async (replacing) => {
      const { written, inserted } = await open([older], { replacing });
      expect(await paste(written, {})).toEqual({ sessionId: older.id, edit: gone, wouldCopy: true });
      expect(inserted).toEqual([]);
      await paste(written, { copy: true });
      expect(inserted).toEqual(['The older.']);
    },
  );

  test('the draft is inserted where it was asked for', async () => {
    const { written, inserted } = await open([older], { replacing: [applied] });
    await paste(written, { stage: 'draft' });
    expect(inserted).toEqual(['The older.']);
  });
});

test('what was undone says so in the history, until it is put in place again', async () => {
  const applied: Outcome = { kind: 'applied', proof: 'verified' };
  const { written } = await open([older], { replacing: [applied] });
  await undo(written, older.id);
  expect(await written.history.get(older.id)).toMatchObject({ left: 'draft' });
  await paste(written, {});
  expect(await written.history.get(older.id)).not.toHaveProperty('left');
});

test('a key that did nothing says why; one that did something, or had nothing to do, says nothing', () => {
  const applied = { kind: 'applied', proof: 'verified' } as const;
  const edited = { kind: 'refused', reason: 'user-edited', explanation: 'you have edited it' } as const;
  expect(() => undoneOrWhy({ edits: [edited] })).toThrow('Nothing was undone: you have edited it.');
  expect(() => pastedOrWhy({ edit: edited })).toThrow('The text was not inserted: you have edited it.');
  expect([
    undoneOrWhy({ edits: [] }),
    undoneOrWhy({ edits: [applied, edited] }),
    pastedOrWhy({ edit: applied }),
  ]).toEqual([undefined, undefined, undefined]);
});
