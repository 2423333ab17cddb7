import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { editsText, endText, pasteText, reasonText, undoText } from '../src/show/outcome.ts';

const applied = { kind: 'applied', proof: 'verified' } as const;
const edited = { kind: 'refused', reason: 'user-edited' } as const;
const unread = { kind: 'offered', reason: 'not-readable' } as const;

describe('what became of an edit', () => {
  test('has words for every reason that a sink of this project gives', () => {
    const root = resolve(import.meta.dirname, '../../..');
    const folders = ['plugins/sink-desktop', 'plugins/sink-paste', 'packages/desktop', 'packages/engine'];
    const sources = folders
      .map((folder) => join(root, folder, 'src'))
      .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(file, 'utf8'));
    const told = /(?:reason: |\b(?:offered|refused|cut|unknown)\()'(?<reason>[a-z -]+)'/g;
    const reasons = sources.flatMap((source) => [...source.matchAll(told)].map(({ groups }) => groups!['reason']!));
    expect(reasons).toEqual(expect.arrayContaining(['not-readable', 'user-edited', 'superseded', 'too-far']));
    expect(reasons.filter((reason) => reasonText(reason) === reason)).toEqual([]);
  });

  test('that is an error is told as the table of errors does; what a foreign sink says stays', () => {
    expect(reasonText('ERR_DISPLAY_MISSING')).toBe('No desktop session was found');
    expect(reasonText('the moon is full')).toBe('the moon is full');
  });

  test('is counted where there are several', () => {
    expect(editsText([])).toBe('');
    expect(editsText([applied])).toBe('inserted');
    expect(editsText([applied, unread, applied, unread])).toBe(
      '2 parts inserted, 2 parts only in the history (the text field cannot be read; Ctrl+Z in the application may still work)',
    );
  });
});

test.for([
  [{ edits: [] }, 'Nothing to undo.'],
  [{ edits: [applied], left: 'refined' }, 'The refined text is back.'],
  [{ edits: [applied], left: 'draft' }, 'The draft is back.'],
  [{ edits: [applied, applied], left: 'nothing' }, 'The dictation was removed.'],
  [{ edits: [edited] }, 'Nothing was undone: you have edited it.'],
  [
    { edits: [applied, edited], left: 'nothing' },
    'The dictation was removed, but 1 of 2 parts remain: you have edited it.',
  ],
] as const)('an undo says which step it was: %o', ([answer, text]) => {
  expect(undoText(answer)).toBe(text);
});

test('what was not pasted says why', () => {
  expect(pasteText(applied)).toBe('Inserted.');
  expect(pasteText({ kind: 'offered', reason: 'no-window' })).toBe('Not inserted: no window has the focus.');
});

test('how a dictation ended is a word; one of a newer daemon stays as it is', () => {
  expect(['no-speech', 'cancelled', 'paused'].map(endText)).toEqual(['no speech', 'cancelled', 'paused']);
});
