// Text → text, such as replacements: a list of rows, with an empty one at its end.

import type { ControlPort } from './control-port.ts';
import { make } from './dom.ts';
import { words } from './words.ts';

/** Each change concerns its own pair. */
export function pairsOf(port: ControlPort): HTMLElement {
  const { field, id, describedBy } = port;
  const pairs = Object.entries((field.own ?? field.standard ?? {}) as Readonly<Record<string, string>>);
  return make(
    'div',
    { role: 'group', 'aria-labelledby': `${id}-label`, 'aria-describedby': describedBy, id, class: 'pairs' },
    ...pairs.map(([heard, written], index) => row(port, { heard, written, index })),
    newRow(port),
  );
}

function row(port: ControlPort, { heard, written, index }: { heard: string; written: string; index: number }) {
  const { field, id, commit } = port;
  const [first, second] = [`${id}-heard-${index}`, `${id}-written-${index}`];
  const from = make('input', { type: 'text', id: first, value: heard, 'aria-label': words.heard });
  const to = make('input', { type: 'text', id: second, value: written, 'aria-label': `${words.written}: ${heard}` });
  const renamed = (): void => {
    if (from.value.trim() === '') return;
    commit([{ path: [...field.path, heard] }, { path: [...field.path, from.value], value: to.value }]);
  };
  from.addEventListener('change', renamed);
  to.addEventListener('change', () => commit([{ path: [...field.path, heard], value: to.value }]));
  const remove = make(
    'button',
    {
      type: 'button',
      id: `${id}-remove-${index}`,
      'aria-label': words.removeWhat(heard),
      onclick: () => commit([{ path: [...field.path, heard] }]),
    },
    words.remove,
  );
  return make('div', { class: 'pair' }, from, make('span', { 'aria-hidden': 'true' }, '→'), to, remove);
}

function newRow({ field, id, commit }: ControlPort): HTMLElement {
  const from = make('input', { type: 'text', id: `${id}-heard-new`, 'aria-label': words.heardNew });
  const to = make('input', { type: 'text', id: `${id}-written-new`, 'aria-label': words.writtenNew });
  const add = (event: Event): void => {
    event.preventDefault();
    if (from.value.trim() === '') return from.focus();
    const change = { path: [...field.path, from.value.trim()], value: to.value };
    // The next one is written at the same place.
    from.focus();
    commit([change]);
  };
  const button = make('button', { type: 'submit' }, words.add);
  const arrow = make('span', { 'aria-hidden': 'true' }, '→');
  return make('form', { class: 'pair', onsubmit: add }, from, arrow, to, button);
}
