// What stands for @raycast/api in tests, which has no module to run: views become plain elements, calls are noted on the stage.

import { createContext, createElement, Fragment, useContext, useState } from 'react';
import type { ReactNode } from 'react';
import { stage } from './stage.ts';
import type { ShownToast } from './stage.ts';

type Props = Readonly<Record<string, unknown>> & { readonly children?: ReactNode };

/** Elements that are given as attributes are shown inside, where tests find them. */
const SLOTS = ['actions', 'detail', 'metadata', 'searchBarAccessory'];

function element(name: string) {
  const component = ({ children, ...props }: Props) => {
    const shown = Object.fromEntries(Object.entries(props).filter(([key]) => !SLOTS.includes(key)));
    const slots = SLOTS.flatMap((slot) =>
      props[slot] === undefined ? [] : [[slot, props[slot] as ReactNode] as const],
    );
    const inside = slots.map(([slot, content]) => createElement(slot, { key: slot }, content));
    return createElement(name, shown, ...inside, children);
  };
  component.displayName = name;
  return component;
}

const names = (): Record<string, string> => new Proxy({}, { get: (_target, name) => String(name) });

const metadata = (name: string) =>
  Object.assign(element(`${name}.Metadata`), {
    Label: element('Label'),
    Separator: element('Separator'),
    TagList: Object.assign(element('TagList'), { Item: element('Tag') }),
  });

export const Icon = names();
export const Color = names();
export const Keyboard = { Shortcut: { Common: names() } };
export const Alert = { ActionStyle: { Default: 'default', Cancel: 'cancel', Destructive: 'destructive' } };
export const LaunchType = { UserInitiated: 'userInitiated', Background: 'background' };
export const environment = { launchType: LaunchType.UserInitiated, commandMode: 'view' };

export const Detail = Object.assign(element('Detail'), { Metadata: metadata('Detail') });
export const List = Object.assign(element('List'), {
  Item: Object.assign(element('List.Item'), {
    Detail: Object.assign(element('List.Item.Detail'), { Metadata: metadata('List.Item.Detail') }),
  }),
  Section: element('List.Section'),
  EmptyView: element('List.EmptyView'),
});
export const Form = Object.assign(element('Form'), {
  FilePicker: element('Form.FilePicker'),
  TextField: element('Form.TextField'),
  Checkbox: element('Form.Checkbox'),
  Dropdown: Object.assign(element('Form.Dropdown'), { Item: element('Form.Dropdown.Item') }),
});
export const ActionPanel = Object.assign(element('ActionPanel'), { Submenu: element('ActionPanel.Submenu') });

/** What opens on top of a view. */
const Navigation = createContext({ push: (_view: ReactNode): void => undefined, pop: (): void => undefined });
export const useNavigation = () => useContext(Navigation);

export function Window({ children }: { readonly children: ReactNode }) {
  const [views, setViews] = useState<readonly ReactNode[]>([]);
  const push = (view: ReactNode): void => setViews((before) => [...before, view]);
  const pop = (): void => setViews((before) => before.slice(0, -1));
  return (
    <Navigation.Provider value={{ push, pop }}>
      {/* A view below another one stays alive. */}
      {createElement('below', { isCovered: views.length > 0 }, children)}
      {views.map((view, depth) => createElement(Fragment, { key: depth }, view))}
    </Navigation.Provider>
  );
}

const action = element('Action');
/** `run` is what Raycast itself does for such an action. */
const builtIn = (standardTitle: string, run: (props: Props) => unknown) => (props: Props) =>
  createElement(action, { title: standardTitle, ...props, onAction: () => run(props) });

export const Action = Object.assign(action, {
  Style: { Regular: 'regular', Destructive: 'destructive' },
  CopyToClipboard: builtIn('Copy to Clipboard', ({ content }) => stage.copied.push(String(content))),
  Paste: builtIn('Paste', ({ content }) => {
    stage.isWindowOpen = false;
    stage.pasted.push(String(content));
  }),
  ShowInFinder: builtIn('Show in Finder', ({ path }) => stage.revealed.push(String(path))),
  SubmitForm: element('Action.SubmitForm'),
  Push({ target, ...props }: Props) {
    const { push } = useNavigation();
    return createElement(action, { ...props, onAction: () => push(target as ReactNode) });
  },
});

export const Toast = { Style: { Success: 'SUCCESS', Failure: 'FAILURE', Animated: 'ANIMATED' } };
export async function showToast(options: Omit<ShownToast, 'hide'>): Promise<ShownToast> {
  const toast = { ...options, hide: async () => void stage.toasts.splice(stage.toasts.indexOf(toast), 1) };
  stage.toasts.push(toast);
  return toast;
}
export async function showHUD(title: string): Promise<void> {
  stage.isWindowOpen = false;
  stage.huds.push(title);
}
export async function closeMainWindow(): Promise<void> {
  stage.closings += 1;
  stage.isWindowOpen = false;
}
export async function confirmAlert({ title }: { readonly title: string }): Promise<boolean> {
  stage.alerts.push(title);
  return stage.confirms;
}
export const Clipboard = {
  copy: async (text: string) => void stage.copied.push(text),
  async paste(text: string): Promise<void> {
    stage.pastedIntoWindow = stage.isWindowOpen;
    stage.pasted.push(text);
  },
};
export const getPreferenceValues = () => stage.preferences;
export async function getSelectedFinderItems(): Promise<{ path: string }[]> {
  if (stage.selected === undefined) throw new Error('Finder is not the frontmost application');
  return stage.selected.map((path) => ({ path }));
}
export async function openExtensionPreferences(): Promise<void> {
  stage.arePreferencesOpen = true;
}
export async function showInFinder(path: string): Promise<void> {
  stage.revealed.push(path);
}
