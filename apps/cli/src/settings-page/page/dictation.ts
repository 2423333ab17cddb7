// One dictation of the history: draft and better text side by side, and what can be done with it.

import { answer, ask } from './ask.ts';
import { changedWords } from './changed-words.ts';
import { make } from './dom.ts';
import type { DictationLine, DictationPort } from './shapes.ts';
import { retrying } from './retry.ts';
import { say } from './status.ts';
import { language, words } from './words.ts';

/** Above this many words, comparing would hold the page up. */
const MOST_COMPARED_CHARACTERS = 10_000;

/** Its item of the list. */
export function dictationOf(dictation: DictationLine, port: DictationPort): HTMLElement {
  const { id, startedAt, app, draft, text, correction } = dictation;
  const when = new Date(startedAt).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' });
  const titleId = `dictation-${id}`;
  const item = make(
    'li',
    { class: 'dictation', 'aria-labelledby': titleId },
    make(
      'h3',
      { id: titleId, tabindex: '-1' },
      make('time', { datetime: startedAt }, when),
      app === undefined ? '' : ` · ${app}`,
    ),
    draft === undefined && text === undefined
      ? make('p', { class: 'help' }, words.noText)
      : make(
          'div',
          { class: 'beside' },
          told(words.draft, draft ?? ''),
          told(words.refined, ...better(draft ?? '', text)),
        ),
    correction === undefined ? undefined : told(words.correction, correction),
  );
  item.append(deeds(dictation, item, port));
  return item;
}

function told(title: string, ...text: readonly (string | Node)[]): HTMLElement {
  return make('div', { class: 'told' }, make('h4', {}, title), make('p', {}, ...text));
}

function better(draft: string, text: string | undefined): readonly (string | Node)[] {
  if (text === undefined || text === draft) return [make('span', { class: 'help' }, words.same)];
  if (draft.length + text.length > MOST_COMPARED_CHARACTERS) return [text];
  return changedWords(draft, text).flatMap(({ word, isNew }) =>
    isNew ? [make('mark', {}, word.trimEnd()), word.slice(word.trimEnd().length)] : [word],
  );
}

function deeds(dictation: DictationLine, item: HTMLElement, port: DictationPort): HTMLElement {
  const { id, draft, text, correction, hasAudio, startedAt } = dictation;
  const best = correction ?? text ?? draft;
  const deed = (name: string, does: () => Promise<void>): HTMLElement =>
    make(
      'button',
      {
        type: 'button',
        id: `${name}-${id}`,
        'aria-describedby': `dictation-${id}`,
        onclick: () => void does().catch(port.failed),
      },
      words[name as 'copy'],
    );
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(best ?? '');
    say(words.copied);
  };
  const remove = async (): Promise<void> => {
    if (!confirm(words.reallyRemove)) return;
    await ask('/history/remove', { id });
    say(words.removed);
    port.changed();
  };
  const open = (form: HTMLElement, field: string): void => {
    item.querySelector('form')?.remove();
    item.append(form);
    form.querySelector<HTMLElement>(field)?.focus();
  };
  const correct = async (): Promise<void> => open(correcting(dictation, port), 'textarea');
  const retry = async (): Promise<void> => open(await retrying(id, port), 'select');
  return make(
    'div',
    { class: 'deeds', 'data-at': startedAt },
    best === undefined ? undefined : deed('copy', copy),
    hasAudio ? deed('play', () => play(id)) : undefined,
    best === undefined ? undefined : deed('correct', correct),
    hasAudio ? deed('retry', retry) : undefined,
    deed('remove', remove),
  );
}

function correcting({ id, draft, text, correction }: DictationLine, { changed, failed }: DictationPort): HTMLElement {
  const areaId = `correction-${id}`;
  const area = make('textarea', { id: areaId, rows: 3 }, correction ?? text ?? draft ?? '');
  const save = async (): Promise<void> => {
    await ask('/history/correct', { id, text: area.value });
    say(words.saved(words.correction));
    changed();
  };
  const onsubmit = (event: Event): void => {
    event.preventDefault();
    void save().catch(failed);
  };
  const form = make(
    'form',
    { class: 'correcting', onsubmit },
    make('label', { for: areaId }, words.correction),
    area,
    make('button', { type: 'submit' }, words.save),
    make(
      'button',
      {
        type: 'button',
        onclick: () => {
          form.remove();
          document.getElementById(`correct-${id}`)?.focus();
        },
      },
      words.cancel,
    ),
  );
  return form;
}

let playing: HTMLAudioElement | undefined;

/** One at a time; the one that plays is stopped by the same button. */
async function play(id: string): Promise<void> {
  const isSame = playing?.dataset['id'] === id && !playing.ended;
  playing?.pause();
  playing = undefined;
  if (isSame) return;
  const recording = await (await answer(`/history/recording?id=${encodeURIComponent(id)}`)).blob();
  const address = URL.createObjectURL(recording);
  playing = new Audio(address);
  playing.dataset['id'] = id;
  playing.addEventListener('ended', () => URL.revokeObjectURL(address));
  await playing.play();
}
