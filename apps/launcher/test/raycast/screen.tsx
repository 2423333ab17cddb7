// How a test opens a view, reads what it shows and presses its actions.

import { setTimeout as sleep } from 'node:timers/promises';
import type { ReactElement } from 'react';
import { create } from 'react-test-renderer';
import type { ReactTestInstance } from 'react-test-renderer';
import { afterEach } from 'vitest';
import { Window } from './api.tsx';

const STEP_MS = 20;
const LONGEST_MS = 25_000;
/** What can open on top of a view. */
const VIEWS = ['Detail', 'Form', 'List'];

export interface Screen {
  /** Elements of the topmost view with this name, such as `List.Item`. */
  all(name: string): ReactTestInstance[];
  /** The attribute of every such element. */
  every(name: string, attribute: string): unknown[];
  /** Titles of all actions: of the view, or of the list item with this title. */
  actions(item?: string): string[];
  /** Waits for the action, as a user does. */
  press(title: string, item?: string): Promise<void>;
  /** Calls what the view gave for an event, as Raycast does. */
  tell(name: string, attribute: string, ...values: readonly unknown[]): Promise<void>;
  /** Everything that is shown, as text. */
  text(): string;
  /** Waits until what is shown matches. */
  shows(pattern: RegExp): Promise<void>;
  until(what: string, holds: () => boolean): Promise<void>;
  close(): Promise<void>;
}

// React's own renderer for tests says at every use that it will not be developed further; Raycast's React is fixed.
(globalThis as { IS_REACT_NATIVE_TEST_ENVIRONMENT?: boolean }).IS_REACT_NATIVE_TEST_ENVIRONMENT = true;
/** React draws soon after, as it does in Raycast. */
const rendered = (): Promise<void> => sleep(5);

const opened = new Set<Screen>();
afterEach(async () => {
  for (const screen of opened) await screen.close();
});

export async function open(view: ReactElement): Promise<Screen> {
  const shown = create(<Window>{view}</Window>);
  await rendered();

  const top = (): ReactTestInstance[] => {
    const [below] = named(shown.root, 'below');
    if (below === undefined) return [shown.root];
    if (below.props['isCovered'] !== true) return [below];
    return shown.root.findAll(({ type }) => VIEWS.includes(String(type))).slice(-1);
  };
  const all = (name: string): ReactTestInstance[] =>
    top().flatMap((node) => [...named(node, name), ...self(node, name)]);
  const actionsOf = (item?: string): ReactTestInstance[] => {
    const owners = item === undefined ? top() : all('List.Item').filter(({ props }) => props['title'] === item);
    return owners.flatMap((owner) => [...named(owner, 'Action'), ...named(owner, 'Action.SubmitForm')]);
  };
  const text = (): string =>
    top()
      .flatMap((node) => [node, ...node.findAll((inner) => typeof inner.type === 'string')])
      .flatMap(({ props }) =>
        Object.entries(props).flatMap(([key, value]) => (key === 'children' ? [] : [written(value)])),
      )
      .join('\n');

  const screen: Screen = {
    all,
    every: (name, attribute) => all(name).map(({ props }) => props[attribute] as unknown),
    actions: (item) => actionsOf(item).map(({ props }) => String(props['title'])),
    async press(title, item) {
      const found = (): ReactTestInstance | undefined => actionsOf(item).find(({ props }) => props['title'] === title);
      if (found() === undefined) await screen.until(`an action ${title}`, () => found() !== undefined);
      (found()!.props as { onAction(): void }).onAction();
      await rendered();
    },
    async tell(name, attribute, ...values) {
      const [found] = all(name);
      if (found === undefined) throw new Error(`There is no ${name}.`);
      (found.props as Record<string, (...values: unknown[]) => void>)[attribute]!(...values);
      await rendered();
    },
    text,
    shows: (pattern) => screen.until(String(pattern), () => pattern.test(text())),
    async until(what, holds) {
      for (let waitedMs = 0; waitedMs < LONGEST_MS; waitedMs += STEP_MS) {
        await sleep(STEP_MS);
        if (holds()) return;
      }
      throw new Error(`It never came to ${what}. Actions: ${screen.actions().join(', ')}. Shown is:\n${text()}`);
    },
    async close() {
      opened.delete(screen);
      shown.unmount();
      await rendered();
    },
  };
  opened.add(screen);
  return screen;
}

const named = (node: ReactTestInstance, name: string): ReactTestInstance[] =>
  node.findAll((inner) => inner !== node && inner.type === name);
const self = (node: ReactTestInstance, name: string): ReactTestInstance[] => (node.type === name ? [node] : []);

function written(value: unknown): string {
  if (typeof value === 'function' || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
