// Where a dictation goes: to the window and field that have the focus when it begins.

import type { ActiveWindow, Display } from '@voiceinput/desktop';
import type { Surroundings } from '@voiceinput/plugin-api';
import { keyOf } from '../accessibility/accessibility.ts';
import type { Accessibility } from '../accessibility/accessibility.ts';
import type { Field } from '../accessibility/field.ts';
import type { Found } from '../accessibility/find.ts';
import { optionsFor } from '../options.ts';
import type { AppOptions, DesktopOptions, Tier } from '../options.ts';
import type { Watch } from '../watch/watch.ts';
import { isBrowserNamed, isTerminalNamed, tierWithoutField } from './application.ts';

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
  /** What had the focus in the window. Absent where that cannot be known. */
  readonly focus?: string;
  /** How often the focus may have moved before. */
  readonly moves: number;
}

export interface Desk {
  readonly display: Display;
  readonly watch: Watch;
  readonly accessibility: Pick<Accessibility, 'focusedIn' | 'close'>;
  readonly options: DesktopOptions;
}

/** Absent when no window has the focus. */
export async function pin(
  { display, accessibility, options, watch }: Desk,
  signal: AbortSignal,
): Promise<Target | undefined> {
  const { moves } = watch;
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
  const wished = settings.tier ?? (field === undefined ? tierWithoutField : 'verified');
  // Counted keys say nothing about a page, which wraps, completes and corrects what is typed.
  const tier = wished === 'watched' && isBrowserNamed(names) ? 'offered' : wished;
  const app = window.names.at(-1) ?? appName ?? '';
  const focus = found === undefined ? {} : { focus: focusOf(found) };
  return { window, app, settings, tier, isTerminal, isPassword, moves, ...focus, ...(field && { field }) };
}

const focusOf = (found: Found): string => (found.kind === 'field' ? keyOf(found.field.object) : found.focus);

/**
 * Whether the focus is still where it was. Where it cannot be known, a click or Tab since says that it may not be.
 */
export async function isStillThere(
  { accessibility, watch }: Desk,
  { window, focus, moves, isPassword, isTerminal }: Target,
  signal: AbortSignal,
): Promise<boolean> {
  const found = window.pid === undefined ? undefined : await accessibility.focusedIn(window.pid, signal);
  // In a terminal Tab completes a word.
  if (found === undefined || focus === undefined) return isTerminal || watch.moves === moves;
  const isPasswordNow = found.kind === 'field' ? found.field.traits.isPassword : found.isPassword;
  return focusOf(found) === focus && isPasswordNow === isPassword;
}

/** Enough for the sentence around the caret, and for the items of a list above it. */
const CONTEXT_UNITS = 1_000;

/** Where text of a dictation goes in a field that can be read. */
export interface PinnedPlace {
  readonly at: number;
  /** Whether the user is typing a word there, which goes on before the text. */
  readonly isTyping: boolean;
}

const WORD = /^[\p{L}\p{M}\p{N}'’_-]+/u;
const ENDS_IN_WORD = /[\p{L}\p{M}\p{N}'’_-]$/u;
/** Before the place and behind what was typed right there since. */
const pinNames = (sessionId: string) => [`release ${sessionId}`, `typed ${sessionId}`] as const;

/** Remembers where the caret of a field is, for the texts of a dictation. */
export async function pinCaret(field: Field, sessionId: string): Promise<void> {
  const at = await field.caret();
  const [before, behind] = pinNames(sessionId);
  field.ledger.pin(before, { at, side: 'before' });
  field.ledger.pin(behind, { at, side: 'after' });
}

/** Forgets where the caret was. */
export function forgetCaret({ ledger }: Field, sessionId: string): void {
  for (const name of pinNames(sessionId)) ledger.unpin(name);
}

/**
 * Where the caret was when it was pinned, or behind the word that was being typed there. Absent when it was not pinned.
 */
export async function placeIn(field: Field, sessionId: string): Promise<PinnedPlace | undefined> {
  const [at, typedTo] = pinNames(sessionId).map((name) => field.ledger.pinned(name));
  if (at === undefined || typedTo === undefined) return undefined;
  if (typedTo <= at) return { at, isTyping: false };
  const [before, typed] = await Promise.all([field.text(Math.max(0, at - 1), at), field.text(at, typedTo)]);
  const [word = ''] = ENDS_IN_WORD.test(before) ? (WORD.exec(typed) ?? []) : [];
  return { at: at + field.ledger.unit.length(word), isTyping: word !== '' && word === typed };
}

/** What stands around the place of a dictation's text in a field. Absent when the field is gone. */
export async function surroundingsOf(field: Field, sessionId: string): Promise<Surroundings | undefined> {
  try {
    const at = (await placeIn(field, sessionId))?.at ?? (await field.caret());
    // Qt gives nothing at all of a range that goes beyond the end.
    const end = Math.min(at + CONTEXT_UNITS, await field.length());
    const [before, after] = await Promise.all([field.text(Math.max(0, at - CONTEXT_UNITS), at), field.text(at, end)]);
    return { before, after };
  } catch {
    // A field that is gone says so again when it is written to.
    return undefined;
  }
}
