// Who can talk to VoiceInput now.

import { ask } from './ask.ts';
import { make } from './dom.ts';
import type { DoorsAnswer } from './shapes.ts';
import { words } from './words.ts';

export interface DoorsView {
  readonly element: HTMLElement;
  load(): Promise<void>;
}

/** Empty until it is loaded. */
export function doorsView(): DoorsView {
  const list = make('ul', {});
  const element = make(
    'section',
    { 'aria-labelledby': 'doors-title' },
    make('h3', { id: 'doors-title' }, words.whoListens),
    list,
  );
  async function load(): Promise<void> {
    const { running, http } = await ask<DoorsAnswer>('/doors');
    const others = running ? [words.socket, http === undefined ? words.noHttp : words.http(http)] : [words.noDaemon];
    list.replaceChildren(...[words.thisPage(location.origin), ...others].map((line) => make('li', {}, line)));
  }
  return { element, load };
}
