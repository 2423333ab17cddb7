// What an item of the menu is: words, and one thing that happens when it is chosen.

import type { MethodName, Params } from '@voiceinput/client';

/** One request to the daemon. */
export type Call = { readonly [M in MethodName]: { readonly method: M; readonly params: Params<M> } }[MethodName];

/** What concerns only the tray itself. */
export type OwnAct =
  | { readonly own: 'start-daemon' | 'open-settings' | 'open-settings-file' | 'quit' }
  | { readonly own: 'notifications'; readonly value: Notifications }
  | { readonly own: 'overlay'; readonly value: boolean };

/** Which notifications are shown. `needed`: only what waits for the user or went wrong. */
export type Notifications = 'all' | 'needed' | 'off';

export type Act = Call | OwnAct;

export type MenuItem =
  | { readonly kind: 'separator' }
  | {
      readonly kind: 'item';
      readonly label: string;
      /** Absent: it only says something, or has a menu of its own. */
      readonly act?: Act;
      /** Absent: it cannot be ticked. */
      readonly tick?: { readonly shape: 'check' | 'radio'; readonly on: boolean };
      readonly items?: readonly MenuItem[];
    };

export const separator: MenuItem = { kind: 'separator' };

/** Says something, cannot be chosen. */
export const words = (label: string): MenuItem => ({ kind: 'item', label });

export const choice = (label: string, act: Act): MenuItem => ({ kind: 'item', label, act });

export const check = (label: string, on: boolean, act: Act): MenuItem => ({
  kind: 'item',
  label,
  act,
  tick: { shape: 'check', on },
});

export const radio = (label: string, on: boolean, act: Act): MenuItem => ({
  kind: 'item',
  label,
  act,
  tick: { shape: 'radio', on },
});

export const submenu = (label: string, items: readonly MenuItem[]): MenuItem => ({ kind: 'item', label, items });
