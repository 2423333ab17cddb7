// What a setting is changed with, by its kind.

import { setTo, valueOf } from './control-port.ts';
import type { ControlPort } from './control-port.ts';
import { make } from './dom.ts';
import { pairsOf } from './pairs.ts';
import { recordsOf } from './records.ts';
import type { Field } from './shapes.ts';
import { labelOf } from './values.ts';
import { words } from './words.ts';

/** The element, or a group of them. */
export function controlOf(port: ControlPort): HTMLElement {
  switch (port.field.kind) {
    case 'switch':
      return checkbox(port);
    case 'choice':
      return select(port);
    case 'number':
      return numberInput(port);
    case 'text':
      return textInput(port);
    case 'list':
      return listArea(port);
    case 'pairs':
      return pairsOf(port);
    case 'records':
      return recordsOf(port);
    case 'json':
      return jsonArea(port);
  }
}

/** Whether the control is one element that a label can be for. */
export const isOne = ({ kind }: Field): boolean => kind !== 'pairs' && kind !== 'records';

function checkbox(port: ControlPort): HTMLElement {
  const { id, describedBy, field } = port;
  const box = make('input', { type: 'checkbox', id, 'aria-describedby': describedBy });
  box.checked = valueOf(field) === true;
  box.addEventListener('change', () => setTo(port, box.checked));
  return box;
}

function select(port: ControlPort): HTMLElement {
  const { id, describedBy, field } = port;
  const { values = [] } = field;
  const now = values.indexOf(valueOf(field));
  const options = values.map((value, index) =>
    make('option', { value: index, selected: index === now }, labelOf(value)),
  );
  const none = now === -1 ? [make('option', { value: -1, selected: true }, labelOf('auto'))] : [];
  const box = make('select', { id, 'aria-describedby': describedBy }, ...none, ...options);
  box.addEventListener('change', () => setTo(port, values[Number(box.value)]));
  return box;
}

function numberInput(port: ControlPort): HTMLElement {
  const { id, describedBy, field } = port;
  const { minimum: min, maximum: max, whole = false } = field;
  const value = valueOf(field);
  const box = make('input', {
    type: 'number',
    id,
    min,
    max,
    step: whole ? 1 : 'any',
    value: typeof value === 'number' ? value : undefined,
    'aria-describedby': describedBy,
  });
  box.addEventListener('change', () => {
    if (box.validity.badInput) return port.complain(words.notNumber);
    setTo(port, box.value === '' ? undefined : Number(box.value));
  });
  return box;
}

/** A line of text. */
export function textInput(port: ControlPort): HTMLElement {
  const { id, describedBy, field } = port;
  const value = valueOf(field);
  const box = make('input', {
    type: 'text',
    id,
    value: typeof value === 'string' ? value : '',
    spellcheck: 'false',
    'aria-describedby': describedBy,
  });
  // What has no default is rather not set than empty.
  box.addEventListener('change', () =>
    setTo(port, box.value === '' && field.standard === undefined ? undefined : box.value),
  );
  return box;
}

function listArea(port: ControlPort): HTMLElement {
  const value = valueOf(port.field);
  return textArea(port, Array.isArray(value) ? value.join('\n') : '', (text) => {
    const lines = text.split('\n').map((line) => line.trim());
    const list = lines.filter((line) => line !== '');
    setTo(port, list.length === 0 ? undefined : list);
  });
}

function jsonArea(port: ControlPort): HTMLElement {
  // What is in force may hold what comes from other settings.
  const { own } = port.field;
  return textArea(port, own === undefined ? '' : JSON.stringify(own, null, 2), (text) => {
    if (text.trim() === '') return setTo(port, undefined);
    try {
      setTo(port, JSON.parse(text));
    } catch {
      port.complain(words.notJson);
    }
  });
}

function textArea({ id, describedBy }: ControlPort, text: string, changed: (text: string) => void): HTMLElement {
  const rows = Math.min(12, Math.max(2, text.split('\n').length + 1));
  const box = make('textarea', { id, rows, spellcheck: 'false', 'aria-describedby': describedBy }, text);
  box.addEventListener('change', () => changed(box.value));
  return box;
}
