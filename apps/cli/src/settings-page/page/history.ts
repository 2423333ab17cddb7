// The dictations: searched, newest first, read again when there are new ones.

import { ask, Refused } from './ask.ts';
import { savedAs } from './export.ts';
import { dictationOf } from './dictation.ts';
import { keepingFocus, make } from './dom.ts';
import type { DictationLine } from './shapes.ts';
import { say } from './status.ts';
import { failureText, inLanguage, words } from './words.ts';

/** As many as an answer holds at most: fewer say that there are no more. */
const PAGE_ENTRIES = 30;
const TYPING_MS = 250;

export interface HistoryView {
  readonly element: HTMLElement;
  load(): Promise<void>;
}

/** Empty until it is loaded. */
export function historyView(): HistoryView {
  const list = make('ul', { class: 'history' });
  const search = make('input', { type: 'search', id: 'search-history', autocomplete: 'off' });
  const more = make('button', { type: 'button', id: 'more', onclick: () => void load(shown.at(-1)?.id) }, words.more);
  const absent = noDaemon(() => void load());
  let shown: readonly DictationLine[] = [];
  let typing: ReturnType<typeof setTimeout> | undefined;
  search.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(() => void load(), TYPING_MS);
  });

  async function load(before?: string): Promise<void> {
    const query = new URLSearchParams({ query: search.value, ...(before !== undefined && { before }) });
    try {
      const { dictations } = await ask<{ dictations: readonly DictationLine[] }>(`/history?${query}`);
      absent.hidden = true;
      // Somebody is writing a correction.
      if (before === undefined && list.querySelector('form') !== null && shown.length > 0 && isWriting()) return;
      shown = before === undefined ? dictations : [...shown, ...dictations];
      more.hidden = dictations.length < PAGE_ENTRIES;
      keepingFocus(show);
    } catch (error) {
      failed(error);
    }
  }

  const isWriting = (): boolean =>
    list.contains(document.activeElement) && document.activeElement instanceof HTMLTextAreaElement;

  function show(): void {
    const port = { changed: () => void reload(), failed };
    if (shown.length === 0) list.replaceChildren(make('li', { class: 'help' }, words.noDictations));
    else list.replaceChildren(...shown.map((dictation) => dictationOf(dictation, port)));
  }

  /** What was being written is saved. */
  async function reload(): Promise<void> {
    list.querySelector('form')?.remove();
    await load();
    if (document.activeElement === document.body) search.focus();
  }

  function failed(error: unknown): void {
    if (!(error instanceof Refused)) throw error;
    if (error.failure.code !== 'ERR_DAEMON_MISSING') return say(failureText(error.failure), true);
    absent.hidden = false;
    more.hidden = true;
    list.replaceChildren();
  }

  absent.hidden = true;
  more.hidden = true;
  const label = make('label', { for: 'search-history' }, words.searchHistory);
  const element = make('div', {}, make('div', { class: 'adding' }, label, search), absent, list, more, saving(failed));
  return { element, load: () => load() };
}

/** What is searched for does not matter: all of it is saved. */
function saving(failed: (error: unknown) => void): HTMLElement {
  const button = (form: 'text' | 'json', title: string): HTMLElement =>
    make('button', { type: 'button', id: `save-${form}`, onclick: () => void savedAs(form).catch(failed) }, title);
  return make(
    'div',
    { class: 'deeds' },
    button('text', words.exportTexts),
    button('json', words.exportJson),
    make('span', { class: 'help' }, words.exportAudio),
  );
}

/** Says so, and offers to start it. */
function noDaemon(started: () => void): HTMLElement {
  const start = async (): Promise<void> => {
    await ask('/daemon', {});
    say(words.started);
    started();
  };
  const tell = (error: unknown): void =>
    say(error instanceof Refused ? inLanguage(error.failure.message) : String(error), true);
  const button = make('button', { type: 'button', onclick: () => void start().catch(tell) }, words.startDaemon);
  return make('p', { class: 'notice' }, `${words.noDaemon} `, button);
}
