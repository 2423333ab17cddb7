// The models: what is here, what is in use, and how far a download is.

import { ask, Refused } from './ask.ts';
import { keepingFocus, make } from './dom.ts';
import type { ModelLine, News } from './shapes.ts';
import { say } from './status.ts';
import { failureText, words } from './words.ts';

export interface ModelsView {
  readonly element: HTMLElement;
  load(): Promise<void>;
  heard(news: News): void;
}

/** Empty until it is loaded. */
export function modelsView(): ModelsView {
  const list = make('ul', { class: 'models' });
  const doneBy = new Map<string, number>();
  let models: readonly ModelLine[] = [];

  const show = (): void => keepingFocus(() => list.replaceChildren(...models.map(lineOf)));

  function lineOf(model: ModelLine): HTMLElement {
    const { id, title, languages, license, bytes, state, inUse } = model;
    const spoken = languages.length > 6 || languages.includes('*') ? words.anyLanguage : languages.join(', ');
    const done = doneBy.get(id);
    const progress =
      done === undefined
        ? undefined
        : make('progress', { value: done, max: 1, 'aria-label': words.downloading(title) });
    const facts = [spoken, words.megabytes(bytes), license, inUse ? words.inUse : words[state]].join(' · ');
    return make(
      'li',
      {},
      make('strong', {}, title),
      make('span', { class: 'facts' }, facts),
      progress ?? action(model, { pull, remove }),
    );
  }

  async function pull(id: string, title: string): Promise<void> {
    // Before it is asked for: news of it may come before the answer.
    doneBy.set(id, 0);
    show();
    say(words.downloading(title));
    await ask('/models/pull', { id });
  }

  async function remove(id: string): Promise<void> {
    await ask('/models/remove', { id });
    say(words.removed);
    await load();
  }

  async function load(): Promise<void> {
    ({ models } = await ask<{ models: readonly ModelLine[] }>('/models'));
    show();
  }

  function heard(news: News): void {
    if (news.type === 'model') {
      doneBy.set(news.id, news.doneBytes / Math.max(1, news.totalBytes));
      show();
    } else if (news.type === 'model-ended') {
      doneBy.delete(news.id);
      const { failure } = news;
      const title = models.find(({ id }) => id === news.id)?.title ?? news.id;
      if (failure === undefined) say(words.downloaded(title));
      else say(failureText(failure), true);
      void load().catch(tellFailure);
    }
  }

  const element = make(
    'section',
    { 'aria-labelledby': 'models-title' },
    make('h3', { id: 'models-title' }, words.models),
    make('p', { class: 'help' }, words.modelsHelp),
    list,
  );
  return { element, load: () => load().catch(tellFailure), heard };
}

interface Deeds {
  pull(id: string, title: string): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Absent for what is in use. */
function action({ id, title, state, inUse }: ModelLine, { pull, remove }: Deeds): HTMLElement | undefined {
  if (state === 'ready' && inUse) return undefined;
  const isHere = state === 'ready';
  return make(
    'button',
    {
      type: 'button',
      id: `model-${id}`,
      'aria-label': isHere ? words.removeWhat(title) : words.downloadWhat(title),
      onclick: () => void (isHere ? remove(id) : pull(id, title)).catch(tellFailure),
    },
    isHere ? words.remove : words.download,
  );
}

function tellFailure(error: unknown): void {
  if (error instanceof Refused) say(failureText(error.failure), true);
}
