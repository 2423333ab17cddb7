// Where a dictation goes: to the window and field that have the focus when it begins.

import type { ActiveWindow, Display } from '@voiceinput/desktop';
import type { Surroundings } from '@voiceinput/plugin-api';
import type { Accessibility } from '../accessibility/accessibility.ts';
import type { Field } from '../accessibility/field.ts';
import { optionsFor } from '../options.ts';
import type { AppOptions, DesktopOptions, Tier } from '../options.ts';
import type { Watch } from '../watch/watch.ts';
import { isTerminalNamed, tierWithoutField } from './application.ts';

export interface Target {
  readonly window: ActiveWindow;
  /** What the user calls the application. */
  readonly app: string;
  readonly settings: AppOptions;
  readonly tier: Tier;
  /** Absent: the field cannot be read and written through accessibility, or the user does not want that. */
  readonly field?: Field;
  readonly isTerminal: boolean;
  readonly isPassword: boolean;
}

export interface Desk {
  readonly display: Display;
  readonly watch: Watch;
  readonly accessibility: Pick<Accessibility, 'focusedIn' | 'close'>;
  readonly options: DesktopOptions;
}

/** Absent when no window has the focus. */
export async function pin({ display, accessibility, options }: Desk, signal: AbortSignal): Promise<Target | undefined> {
  const window = await display.activeWindow();
  signal.throwIfAborted();
  if (window === undefined) return undefined;
  const found = window.pid === undefined ? undefined : await accessibility.focusedIn(window.pid, signal);
  const appName = found?.kind === 'field' ? found.field.traits.appName : found?.appName;
  const names = [...window.names, ...(appName === undefined ? [] : [appName])];
  const settings = optionsFor(names, options);
  const isTerminal = isTerminalNamed(names) || (found?.kind === 'other' && found.isTerminal);
  const isPassword = found?.kind === 'field' ? found.field.traits.isPassword : (found?.isPassword ?? false);
  const wantsField = ['auto', 'accessibility'].includes(settings.insert ?? 'auto') && settings.tier !== 'watched';
  const field = found?.kind === 'field' && wantsField ? found.field : undefined;
  const tier = settings.tier ?? (field === undefined ? tierWithoutField : 'verified');
  const app = window.names.at(-1) ?? appName ?? '';
  return { window, app, settings, tier, isTerminal, isPassword, ...(field && { field }) };
}

/** Enough for the sentence around the caret, and for the items of a list above it. */
const CONTEXT_UNITS = 1_000;

/** What stands around the caret of a field. Absent when the field is gone. */
export async function surroundingsOf(field: Field): Promise<Surroundings | undefined> {
  try {
    const caret = await field.caret();
    const [before, after] = await Promise.all([
      field.text(Math.max(0, caret - CONTEXT_UNITS), caret),
      field.text(caret, caret + CONTEXT_UNITS),
    ]);
    return { before, after };
  } catch {
    // A field that is gone says so again when it is written to.
    return undefined;
  }
}
