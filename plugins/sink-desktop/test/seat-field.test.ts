import { expect, test } from 'vitest';
import type { FieldWrite } from '@voiceinput/field';
import { SeatField } from '../src/seat/seat-field.ts';
import type { PlannedChange } from '../src/input-method/stretch.ts';

const signal = new AbortController().signal;
const BEFORE = '00';

/**
 * A text with a caret that takes changes as a page does; what it holds is told when `tell` is called. `echoes`: it tells all
 * its text behind the caret, as Monaco does.
 */
function openPage({ window = Infinity, echoes = false }: { window?: number; echoes?: boolean } = {}) {
  let [before, after] = [BEFORE, ''];
  let isDeaf = false;
  let meets = '';
  let lost = 0;
  let held: (() => void)[] | undefined;
  const behind = (): string => (echoes ? before + after : after).slice(0, window);
  const around = () => ({ before: before.slice(-window), after: behind(), hasSelection: false });
  const port = {
    around,
    refresh: async () => tell(),
    replace(remove: string, insert: string) {
      const change = (): void => {
        before = before.slice(0, before.length - remove.length - lost) + insert;
        lost = 0;
      };
      before += meets;
      meets = '';
      if (held !== undefined) held.push(change);
      else if (!isDeaf) change();
      return true;
    },
  };
  const field = new SeatField(port, around());
  const moved = (by: number): void => {
    const all = before + after;
    [before, after] = [all.slice(0, before.length + by), all.slice(before.length + by)];
  };
  const tell = (): void => field.hear(around());
  return {
    field,
    type(text: string) {
      before += text;
      tell();
    },
    erase() {
      before = before.slice(0, -1);
      tell();
    },
    move(by: number) {
      moved(by);
      tell();
    },
    moveUnseen: (by: number) => moved(by),
    /** A key that comes to the page right before the next change of ours, and is told with it. */
    meet: (text: string) => void (meets = text),
    /** So many units more go with the next change of ours. */
    lose: (units: number) => void (lost = units),
    /** The page is busy: what is asked of it is done when it is not any more. */
    hold: () => void (held = []),
    release() {
      for (const change of held ?? []) change();
      held = undefined;
    },
    deafen: () => void (isDeaf = true),
    get text() {
      return before + after;
    },
  };
}

function wish(before: string, after: string): FieldWrite {
  const changes = [{ start: 0, remove: before.length, insert: after }];
  return {
    sessionId: 's',
    segmentId: 'a',
    cause: 'refined',
    signal,
    rewrites: [{ segmentId: 'a', before, after, changes }],
  };
}

async function written(field: SeatField, before: string, after: string): Promise<string> {
  const planned = field.stretch.plan(wish(before, after));
  return planned.kind === 'change' ? field.change(planned as PlannedChange) : planned.kind;
}

test.each([Infinity, 100])(
  'a better text takes the place of a draft before what was typed since, of which %s units are told',
  async (window) => {
    const page = openPage({ window });
    page.type('word '.repeat(50));
    page.field.beginAnew({ before: page.text.slice(-window), after: '', hasSelection: false });
    expect(await written(page.field, '', 'um so it is')).toBe('done');
    page.type(' 12');
    page.erase();
    expect(await written(page.field, 'um so it is', 'So it was — «в кафе» 🎉.')).toBe('done');
    expect(page.text).toBe(`00${'word '.repeat(50)}So it was — «в кафе» 🎉. 1`);
    expect(page.field.stretch.text).toBe('So it was — «в кафе» 🎉. 1');
  },
);

test('a new text stands whatever is told behind it, and where that is no text of the field it is not replaced', async () => {
  const page = openPage({ echoes: true });
  expect(await written(page.field, '', 'it is')).toBe('done');
  expect(page.text).toBe('00it is');
  expect(page.field.stretch.endedBy).toBe('text-changed');
});

test('a key that was told late stands behind a new text', async () => {
  const page = openPage();
  page.meet('7');
  expect(await written(page.field, '', 'it is')).toBe('done');
  expect(page.text).toBe('00it is7');
});

test.each([
  ['typed', '1', '00it was1'],
  ['erased', undefined, '00it was'],
])('what was %s before a change came comes right when it was told first', async (_, key, text) => {
  const page = openPage();
  await written(page.field, '', 'it is');
  if (key === undefined) page.type('1');
  page.hold();
  const changing = written(page.field, 'it is', 'it was');
  if (key === undefined) page.erase();
  else page.type(key);
  page.release();
  expect(await changing).toBe('done');
  expect(page.text).toBe(text);
});

test('a segment that was erased into is the user’s, and so is one before which the caret was moved', async () => {
  const page = openPage();
  await written(page.field, '', 'it is');
  page.erase();
  expect(await written(page.field, 'it is', 'It is.')).toBe('touched');

  const other = openPage();
  await written(other.field, '', 'it is');
  other.move(-3);
  expect(other.field.stretch.endedBy).toBe('caret-moved');
});

test.each([
  [-5, 'unseen'],
  [-3, 'unseen'],
  [-3, 'seen'],
])('what went elsewhere, for the caret was moved by %s, %s, when it came, is taken back', async (by, how) => {
  const page = openPage();
  await written(page.field, '', 'it is');
  page.hold();
  const changing = written(page.field, 'it is', 'it was');
  if (how === 'seen') page.move(by);
  else page.moveUnseen(by);
  page.release();
  expect(await changing).toBe('taken-back');
  expect(page.text).toBe('00it is');
  expect(page.field.stretch.endedBy).toBe('caret-moved');
});

test('what was just selected and went with a change comes back', async () => {
  const page = openPage();
  await written(page.field, '', 'it is');
  page.lose(2);
  expect(await written(page.field, 'it is', 'It is')).toBe('done');
  expect(page.text).toBe('00It is');
});

test('what the field does not show is not told to stand', async () => {
  const page = openPage();
  page.deafen();
  expect(await written(page.field, '', 'it is')).toBe('unproven');
  expect(page.field.stretch.endedBy).toBe('not-verified');
});

test('a field that takes text again is as it was left, or it is another one', async () => {
  const page = openPage();
  await written(page.field, '', 'it is');
  expect(page.field.isAsLeft({ before: '00it is', after: '', hasSelection: false })).toBe(true);
  expect(page.field.isAsLeft({ before: '', after: '', hasSelection: false })).toBe(false);
  expect(page.field.isAsLeft({ before: 'it is', after: '', hasSelection: false })).toBe(false);
});
