// What a test can set and see of Raycast around a command: messages, clipboard, the window, the user's choices.

import type { Toast } from '@raycast/api';

export interface ShownToast extends Toast.Options {
  hide(): Promise<void>;
}

export interface Stage {
  preferences: Readonly<Record<string, unknown>>;
  /** Paths that are selected in the Finder. Absent: it is not in front. */
  selected: readonly string[] | undefined;
  /** What the user answers when asked to confirm. */
  confirms: boolean;
  readonly huds: string[];
  readonly toasts: ShownToast[];
  /** What the user was asked to confirm. */
  readonly alerts: string[];
  readonly copied: string[];
  readonly pasted: string[];
  readonly revealed: string[];
  isWindowOpen: boolean;
  /** How often a command closed the window itself; a message closes it too, but later. */
  closings: number;
  /** Whether the window was open when Raycast pasted: then the text would have gone nowhere. */
  pastedIntoWindow: boolean;
  arePreferencesOpen: boolean;
}

const fresh = (): Stage => ({
  preferences: {},
  selected: undefined,
  confirms: true,
  huds: [],
  toasts: [],
  alerts: [],
  copied: [],
  pasted: [],
  revealed: [],
  isWindowOpen: true,
  closings: 0,
  pastedIntoWindow: false,
  arePreferencesOpen: false,
});

export const stage: Stage = fresh();

/** As when a command is opened. */
export function clearStage(): void {
  Object.assign(stage, fresh());
}
