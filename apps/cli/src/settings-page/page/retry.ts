// How a recording of the history is recognised once more, by another model if its user likes.

import { ask } from './ask.ts';
import { make } from './dom.ts';
import type { DictationPort, ModelLine } from './shapes.ts';
import { say } from './status.ts';
import { words } from './words.ts';

/** A form that asks by which model. */
export async function retrying(id: string, { changed, failed }: DictationPort): Promise<HTMLFormElement> {
  const { models } = await ask<{ models: readonly ModelLine[] }>('/models');
  const selectId = `model-of-${id}`;
  const select = make(
    'select',
    { id: selectId },
    make('option', { value: '' }, words.asSet),
    ...models
      .filter(({ languages, state }) => state === 'ready' && languages.length > 0)
      .map(({ id: model, title }) => make('option', { value: model }, title)),
  );
  const retry = async (): Promise<void> => {
    say(words.retrying);
    await ask('/history/retry', { id, ...(select.value !== '' && { model: select.value }) });
    say(words.retried);
    changed();
  };
  const onsubmit = (event: Event): void => {
    event.preventDefault();
    void retry().catch(failed);
  };
  const cancel = (): void => {
    form.remove();
    document.getElementById(`retry-${id}`)?.focus();
  };
  const form = make(
    'form',
    { class: 'correcting', onsubmit },
    make('label', { for: selectId }, words.retryWith),
    select,
    make('button', { type: 'submit' }, words.retry),
    make('button', { type: 'button', onclick: cancel }, words.cancel),
  );
  return form;
}
