import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtInPlugins } from '../src/built-in/plugins.ts';
import { isSink } from '../src/settings/sink-needs.ts';
import { editsText, endText, pasteText, undoText } from '../src/show/outcome.ts';

const applied = { kind: 'applied', proof: 'verified' } as const;
const edited = { kind: 'refused', reason: 'user-edited', explanation: 'you have edited it' } as const;
const unread = { kind: 'offered', reason: 'not-readable', explanation: 'the text field cannot be read' } as const;

const root = resolve(import.meta.dirname, '../../..');
const told = /(?:reason: |\b(?:offered|refused|cut|unknown)\()'(?<reason>[a-z -]+)'/g;

function reasonsIn(folder: string): string[] {
  const source = join(root, folder, 'src');
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => [...readFileSync(join(source, name), 'utf8').matchAll(told)])
    .map(({ groups }) => groups!['reason']!);
}

describe('what became of an edit', async () => {
  const sinks = (await builtInPlugins()).filter(isSink).map(({ plugin }) => plugin);

  test.each(sinks.filter(({ id }) => id !== 'sink-nowhere'))(
    '$id has words in its manifest for every reason that it gives',
    ({ id, capabilities }) => {
      const inField = capabilities.needs?.some((need) => need === 'display' || need === 'keyboard') === true;
      const given = [...reasonsIn(`plugins/${id}`), ...(inField ? reasonsIn('packages/field') : [])];
      expect(given.filter((reason) => !Object.hasOwn(capabilities.reasons ?? {}, reason))).toEqual([]);
    },
  );

  test('has reasons that this finds', () => {
    expect(reasonsIn('packages/field')).toEqual(expect.arrayContaining(['too-far', 'no-window']));
    expect(reasonsIn('plugins/sink-desktop')).toEqual(expect.arrayContaining(['user-edited', 'not-readable']));
  });

  test('is told in the words of its sink; what has none as the sink named it', () => {
    expect(editsText([edited])).toBe('not changed (you have edited it)');
    expect(editsText([{ kind: 'refused', reason: 'the moon is full' }])).toBe('not changed (the moon is full)');
  });

  test('is counted where there are several', () => {
    expect(editsText([])).toBe('');
    expect(editsText([applied])).toBe('inserted');
    expect(editsText([applied, unread, applied, unread])).toBe(
      '2 parts inserted, 2 parts only in the history (the text field cannot be read)',
    );
  });
});

test.for([
  [{ edits: [] }, 'Nothing to undo.'],
  [{ edits: [applied], left: 'refined' }, 'The refined text is back.'],
  [{ edits: [applied], left: 'draft' }, 'The draft is back.'],
  [{ edits: [applied, applied], left: 'nothing' }, 'The dictation was removed.'],
  [{ edits: [edited] }, 'Nothing was undone: you have edited it. Try Ctrl+Z in the application.'],
  [
    { edits: [applied, edited], left: 'nothing' },
    'The dictation was removed, but 1 of 2 parts remain: you have edited it.',
  ],
] as const)('an undo says which step it was: %o', ([answer, text]) => {
  expect(undoText(answer)).toBe(text);
});

test('what was not pasted says why', () => {
  expect(pasteText({ edit: applied })).toBe('Inserted.');
  const noWindow = { kind: 'offered', reason: 'no-window', explanation: 'no window has the focus' } as const;
  expect(pasteText({ edit: noWindow })).toBe('Not inserted: no window has the focus.');
  expect(pasteText({ edit: edited, wouldCopy: true })).toBe(
    'Its draft stands in the text and could not be replaced (you have edited it). To add a copy, use --copy.',
  );
});

test('how a dictation ended is a word; one of a newer daemon stays as it is', () => {
  expect(['no-speech', 'cancelled', 'paused'].map(endText)).toEqual(['no speech', 'cancelled', 'paused']);
});
