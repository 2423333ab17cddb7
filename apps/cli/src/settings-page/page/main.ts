// The page: sections, one of which is shown, or what a search finds in all of them.

import { answer, ask, readLines, Refused } from './ask.ts';
import type { ControlPort } from './control-port.ts';
import { doorsView } from './doors.ts';
import { byId, keepingFocus, make } from './dom.ts';
import { historyView } from './history.ts';
import { keptView } from './kept.ts';
import { keyChoice } from './key-press.ts';
import { deviceChoice } from './microphone.ts';
import { modelsView } from './models.ts';
import { rowOf } from './row.ts';
import { groups } from './shapes.ts';
import type { SettingChange, ChangeAnswer, Field, PageGroup, News, SettingsAnswer } from './shapes.ts';
import { say } from './status.ts';
import { failureText, inLanguage, language, words } from './words.ts';

type Section = PageGroup | 'history';
const sections: readonly Section[] = [...groups.slice(0, -1), 'history', 'advanced'];

const models = modelsView();
const history = historyView();
const kept = keptView();
const doors = doorsView();
/** What stands in a section beside its settings. */
const besides: Partial<Record<Section, { readonly element: HTMLElement; load(): Promise<void> }>> = {
  languages: models,
  history,
  privacy: kept,
  doors,
};

let fields: readonly Field[] = [];

const port = {
  async save(changes: readonly SettingChange[]): Promise<void> {
    const { settings, warning } = await ask<ChangeAnswer>('/settings', { changes });
    show(settings);
    if (warning !== undefined) tellTrouble(failureText(warning));
    await models.load();
  },
  special(control: ControlPort): HTMLElement | undefined {
    const { name, kind } = control.field;
    if (kind !== 'text') return undefined;
    if (name === 'dictation.source.options.device') return deviceChoice(control);
    return /^dictation\.(?:key|undoKey|pasteKey)$/.test(name) ? keyChoice(control) : undefined;
  },
};

/** Rows whose setting is as it was stay as they are, with what is being written in them. */
function show({ fields: next, file, trouble }: SettingsAnswer): void {
  const before = new Map(fields.map((field) => [field.name, JSON.stringify(field)]));
  const rows = new Map(
    [...document.querySelectorAll<HTMLElement>('.field[data-name]')].map((row) => [row.dataset['name'], row]),
  );
  fields = next;
  keepingFocus(() => {
    for (const group of groups) {
      const wanted = next
        .filter((field) => field.group === group)
        .map((field) => {
          const row = rows.get(field.name);
          return row !== undefined && before.get(field.name) === JSON.stringify(field) ? row : rowOf(field, port);
        });
      const place = byId(`fields-${group}`);
      const isSame = wanted.length === place.children.length && wanted.every((row, at) => row === place.children[at]);
      if (isSame) continue;
      // What stays is not moved: it would lose the focus.
      for (const old of Array.from(place.children)) if (!wanted.includes(old as HTMLElement)) old.remove();
      wanted.forEach((row, at) => {
        if (place.children[at] !== row) place.insertBefore(row, place.children[at] ?? null);
      });
    }
  });
  byId('file').textContent = words.file(file);
  tellTrouble(trouble === undefined ? '' : `${words.changedElsewhere} ${failureText(trouble)}`);
  if (search().value !== '') find();
}

const search = (): HTMLInputElement => byId('search') as HTMLInputElement;

function tellTrouble(sentence: string): void {
  byId('trouble').textContent = sentence;
  byId('trouble').hidden = sentence === '';
}

function build(): void {
  document.documentElement.lang = language;
  document.title = words.title;
  byId('title').textContent = words.title;
  byId('search-label').textContent = words.search;
  const skip = byId('skip');
  skip.textContent = words.skip;
  skip.setAttribute('href', '#content');
  skip.addEventListener('click', (event) => {
    event.preventDefault();
    byId('content').focus();
  });
  byId('nav').setAttribute('aria-label', words.sections);
  byId('nav').append(
    make('ul', {}, ...sections.map((name) => make('li', {}, make('a', { href: `#${name}` }, words[name])))),
  );
  byId('content').append(
    make('p', { id: 'trouble', role: 'alert', class: 'notice wrong', hidden: true }),
    ...sections.map((name) =>
      make(
        'section',
        { id: `section-${name}`, 'aria-labelledby': `heading-${name}`, hidden: true },
        make('h2', { id: `heading-${name}`, tabindex: '-1' }, words[name]),
        name === 'history' ? undefined : make('div', { id: `fields-${name}` }),
        besides[name]?.element,
      ),
    ),
  );
  byId('search-form').addEventListener('submit', (event) => event.preventDefault());
  search().addEventListener('input', find);
  addEventListener('hashchange', () => go(true));
  // The file may have been edited meanwhile.
  addEventListener('focus', () => void ask<SettingsAnswer>('/settings').then(show, () => undefined));
}

const sectionNow = (): Section => sections.find((name) => `#${name}` === location.hash) ?? 'dictation';

/** Shows the section that the address names. */
function go(isChosen: boolean): void {
  if (search().value !== '') {
    search().value = '';
    find();
  }
  const now = sectionNow();
  for (const name of sections) byId(`section-${name}`).hidden = name !== now;
  for (const link of document.querySelectorAll('nav a'))
    if (link.getAttribute('href') === `#${now}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  say('');
  void besides[now]?.load();
  if (isChosen) byId(`heading-${now}`).focus();
}

/** Shows of all sections what has the words of the search in its name, title or help. */
function find(): void {
  const wanted = search().value.toLowerCase().split(/\s+/).filter(Boolean);
  document.body.classList.toggle('finding', wanted.length > 0);
  let count = 0;
  for (const field of fields) {
    const text = [field.name, inLanguage(field.title), inLanguage(field.help), field.title.en].join(' ').toLowerCase();
    const isFound = wanted.every((word) => text.includes(word));
    if (isFound) count += 1;
    const row = document.querySelector<HTMLElement>(`.field[data-name="${CSS.escape(field.name)}"]`);
    if (row !== null) row.hidden = !isFound;
  }
  if (wanted.length === 0) {
    const now = sectionNow();
    for (const name of sections) byId(`section-${name}`).hidden = name !== now;
    return;
  }
  for (const name of sections)
    byId(`section-${name}`).hidden =
      document.querySelector(`#section-${name} .field[data-name]:not([hidden])`) === null;
  say(words.found(count));
}

function heard(news: News): void {
  models.heard(news);
  if (news.type === 'history' && sectionNow() === 'history') void history.load();
}

/** The server goes when nobody needs it; whoever comes later is told. */
function tellClosed(): void {
  tellTrouble(words.closed);
  for (const control of document.querySelectorAll<HTMLInputElement>(
    'main input, main select, main textarea, main button',
  ))
    control.disabled = true;
}

async function begin(): Promise<void> {
  build();
  try {
    show(await ask<SettingsAnswer>('/settings'));
    go(false);
    await readLines(await answer('/news'), (line) => heard(line as News));
  } catch (error) {
    if (error instanceof Refused) return tellTrouble(failureText(error.failure));
    // The connection is gone.
  }
  tellClosed();
}

void begin();
