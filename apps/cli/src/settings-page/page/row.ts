// One setting on the page: its name, its help, what it is changed with, its default, and what is wrong with it.

import { Refused } from './ask.ts';
import { controlOf, isOne } from './control.ts';
import type { ControlPort } from './control-port.ts';
import { byId, keepingFocus, make } from './dom.ts';
import type { SettingChange, Field } from './shapes.ts';
import { say } from './status.ts';
import { shownValue } from './values.ts';
import { failureText, inLanguage, words } from './words.ts';

export interface RowPort {
  /** Sends changes; the rows that they concern are made anew. Rejects with what is wrong. */
  readonly save: (changes: readonly SettingChange[]) => Promise<void>;
  /** Another control for a field, where the page knows a better one. */
  readonly special: (port: ControlPort) => HTMLElement | undefined;
}

/** The id of what a label is for. */
export const idOf = ({ name }: Field): string => `field-${name}`;

/** The row as the field says; it is made anew when that changes. */
export function rowOf(field: Field, { save, special }: RowPort): HTMLElement {
  const id = idOf(field);
  const [labelId, helpId, defaultId, errorId] = ['label', 'help', 'default', 'error'].map((part) => `${id}-${part}`);
  const title = inLanguage(field.title);
  const port: ControlPort = {
    field,
    id,
    describedBy: `${helpId} ${defaultId} ${errorId}`,
    commit: (changes) => void commit(changes),
    complain: (message) => complain(errorId!, id, message),
  };

  async function commit(changes: readonly SettingChange[]): Promise<void> {
    if (deletes(field, changes) && !confirm(words.deletesNow(title))) {
      keepingFocus(() => row.replaceWith(rowOf(field, { save, special })));
      return;
    }
    if (field.runs === true) say(words.waitForTerminal);
    try {
      await save(changes);
      say(words.saved(title));
    } catch (error) {
      // The page says by itself that its door is closed.
      if (!(error instanceof Refused)) throw error;
      complain(errorId!, id, failureText(error.failure));
      say(words.notSaved(title), true);
    }
  }

  const control = special(port) ?? controlOf(port);
  const heading = isOne(field)
    ? make('label', { id: labelId, for: id }, title)
    : make('span', { id: labelId, class: 'label' }, title);
  const reset =
    field.own === undefined
      ? undefined
      : make(
          'button',
          {
            type: 'button',
            id: `${id}-reset`,
            'aria-label': words.useDefaultFor(title),
            onclick: () => port.commit([{ path: field.path }]),
          },
          words.useDefault,
        );
  const row = make(
    'div',
    { class: `field ${field.kind}`, 'data-name': field.name },
    heading,
    make('p', { id: helpId, class: 'help' }, helpOf(field)),
    make(
      'div',
      { class: 'control' },
      control,
      make('span', { id: defaultId, class: 'default' }, defaultText(field)),
      reset,
    ),
    make('p', { id: errorId, class: 'error', role: 'alert' }),
  );
  return row;
}

/** Whether less of the history is kept from then on: what is too much is deleted at once, and nothing brings it back. */
function deletes({ name, own, standard }: Field, changes: readonly SettingChange[]): boolean {
  if (!name.startsWith('dictation.history.')) return false;
  const before = own ?? standard;
  const { value } = changes[0]!;
  const after = value ?? standard;
  return (before === true && after === false) || (typeof before === 'number' && Number(after) < before);
}

function helpOf(field: Field): string {
  const lines = field.kind === 'list' ? ` ${words.perLine}` : '';
  const outside = field.runs === true ? ` ${words.confirmOutside}` : '';
  return `${inLanguage(field.help)}${lines}${outside}`.trim();
}

function defaultText({ own, standard, kind }: Field): string {
  if (own === undefined) return standard === undefined || kind === 'json' ? '' : words.isDefault;
  return words.defaultIs(standard === undefined ? words.none : shownValue(standard));
}

function complain(errorId: string, id: string, message: string): void {
  byId(errorId).textContent = message;
  const control = document.getElementById(id);
  control?.setAttribute('aria-invalid', 'true');
  control?.focus();
}
