// Settings for each of several names, such as rules for applications; a name can be taken from a window.

import { ask } from './ask.ts';
import type { ControlPort } from './control-port.ts';
import { make } from './dom.ts';
import type { Field } from './shapes.ts';
import { say } from './status.ts';
import { labelOf } from './values.ts';
import { inLanguage, words } from './words.ts';

type Values = Readonly<Record<string, unknown>>;

/** A group for each name, and one more that adds them. */
export function recordsOf(port: ControlPort): HTMLElement {
  const { field, id, describedBy } = port;
  const records = Object.entries((field.own ?? field.standard ?? {}) as Readonly<Record<string, Values>>);
  return make(
    'div',
    { role: 'group', 'aria-labelledby': `${id}-label`, 'aria-describedby': describedBy, id, class: 'records' },
    ...records.map(([name, values], index) => record(port, { name, values, index })),
    adding(port),
  );
}

function record(port: ControlPort, { name, values, index }: { name: string; values: Values; index: number }) {
  const { field, id, commit } = port;
  const change = (inner: Field, value: unknown): void =>
    commit([{ path: [...field.path, name, ...inner.path], ...(value !== undefined && { value }) }]);
  const rows = (field.fields ?? []).map((inner) => {
    const innerId = `${id}-${index}-${inner.name}`;
    const control = innerControl(inner, values[inner.name], innerId, (value) => change(inner, value));
    return make('div', { class: 'inner' }, make('label', { for: innerId }, inLanguage(inner.title)), control);
  });
  const remove = make(
    'button',
    {
      type: 'button',
      id: `${id}-${index}-remove`,
      'aria-label': words.removeWhat(name),
      onclick: () => commit([{ path: [...field.path, name] }]),
    },
    words.remove,
  );
  return make('fieldset', {}, make('legend', {}, name), ...rows, remove);
}

/** What is not set here is as it is everywhere. */
function innerControl(field: Field, value: unknown, id: string, changed: (value: unknown) => void): HTMLElement {
  if (field.kind === 'list') {
    const text = Array.isArray(value) ? value.join('\n') : '';
    const area = make('textarea', { id, rows: 2, spellcheck: 'false' }, text);
    area.addEventListener('change', () => {
      const lines = area.value.split('\n').filter((line) => line.trim() !== '');
      changed(lines.length === 0 ? undefined : lines);
    });
    return area;
  }
  const values = field.kind === 'switch' ? [true, false] : (field.values ?? []);
  const now = values.indexOf(value);
  const options = [words.notSet, ...values.map(labelOf)].map((label, index) =>
    make('option', { value: index - 1, selected: index - 1 === now }, label),
  );
  const box = make('select', { id }, ...options);
  box.addEventListener('change', () => changed(values[Number(box.value)]));
  return box;
}

function adding({ field, id, commit }: ControlPort): HTMLElement {
  const nameId = `${id}-new`;
  const name = make('input', { type: 'text', id: nameId, spellcheck: 'false' });
  const add = (): void => {
    if (name.value.trim() !== '') commit([{ path: [...field.path, name.value.trim()], value: {} }]);
  };
  const pick = async (): Promise<void> => {
    say(words.goToWindow);
    const { app } = await ask<{ app?: string }>('/window', {});
    if (app === undefined || app === '') return say(words.noWindow);
    name.value = app;
    say(app);
    name.focus();
  };
  const onsubmit = (event: Event): void => {
    event.preventDefault();
    add();
  };
  return make(
    'form',
    { class: 'adding', onsubmit },
    make('label', { for: nameId }, words.application),
    name,
    make('button', { type: 'submit', id: `${id}-add` }, words.add),
    make(
      'button',
      { type: 'button', id: `${id}-pick`, onclick: () => void pick().catch((error: unknown) => say(String(error))) },
      words.pickWindow,
    ),
  );
}
