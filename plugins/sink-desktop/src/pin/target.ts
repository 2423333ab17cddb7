// Where a dictation goes: to the window and field that have the focus when it begins.

import type { ActiveWindow } from '@voiceinput/desktop';
import type { FieldKind, Surroundings } from '@voiceinput/plugin-api';
import { keyOf } from '../accessibility/accessibility.ts';
import type { Field } from '../accessibility/field.ts';
import type { Found } from '../accessibility/find.ts';
import { isMendedThroughSeat } from '../seat/reach.ts';
import type { Reached, Unreached } from '../input-method/shared-input.ts';
import { optionsFor } from '../options.ts';
import type { AppOptions, Tier } from '../options.ts';
import type { Desk, X11Parts } from './desk.ts';
import { pinSelection } from './selection.ts';
import type { ReplacedSelection } from './selection.ts';
import { soon } from './soon.ts';
import { isBrowserNamed, isTerminalNamed, selectsWithShift, tierWithoutField } from './application.ts';

export interface Target {
  readonly window: ActiveWindow;
  /** Absent: neither keys nor the clipboard reach the window. */
  readonly x11?: X11Parts;
  /** What the user calls the application. */
  readonly app: string;
  readonly settings: AppOptions;
  readonly tier: Tier;
  /** Absent: the field cannot be read and written through accessibility, or the user does not want that. */
  readonly field?: Field;
  /** What was selected in the field. Absent: nothing. */
  readonly selection?: ReplacedSelection;
  /** Absent: our input method is not used there. */
  readonly reached?: Reached;
  /** The field that takes text from an input method on Wayland. Absent: none does, or another way is taken. */
  readonly activation?: number;
  /** Absent: it is, or was not wanted. */
  readonly unreached?: Unreached;
  readonly isTerminal: boolean;
  /** Whether keys can select text there, and replace it. */
  readonly selectsWithShift: boolean;
  readonly isPassword: boolean;
  /** What the field is for, as far as it says. */
  readonly fieldKind?: FieldKind;
  /** What had the focus in the window. Absent where that cannot be known. */
  readonly focus?: string;
  /** How often the focus may have moved before. */
  readonly moves: number;
}

/** Absent when no window has the focus. */
export async function pin(desk: Desk, signal: AbortSignal): Promise<Target | undefined> {
  const { accessibility, options } = desk;
  const moves = movesOf(desk);
  const focused = await desk.focused();
  signal.throwIfAborted();
  if (focused === undefined) return undefined;
  const { window, x11 } = focused;
  const found = window.pid === undefined ? undefined : await accessibility.focusedIn(window.pid, signal);
  const appName = found?.kind === 'field' ? found.field.traits.appName : found?.appName;
  const names = [...window.names, ...(appName === undefined ? [] : [appName])];
  const settings = optionsFor(names, options);
  const isKeyed = x11 !== undefined && isByKeys(settings.tier);
  const wantsField = ['auto', 'accessibility'].includes(settings.insert ?? 'auto') && !isKeyed;
  const field = found?.kind === 'field' && wantsField ? found.field : undefined;
  const isAuto = (settings.insert ?? 'auto') === 'auto';
  const client = x11 === undefined && field === undefined && isAuto ? await desk.seat?.take() : undefined;
  const isTerminal =
    isTerminalNamed(names) || (found?.kind === 'other' && found.isTerminal) || client?.isTerminal === true;
  const reach = wantsInputMethod({ settings, isTerminal, hasField: field !== undefined })
    ? await x11?.inputMethod.reach({ names, ...(window.pid !== undefined && { pid: window.pid }) })
    : undefined;
  signal.throwIfAborted();
  const [reached, unreached] = typeof reach === 'string' ? [undefined, reach] : [reach, undefined];
  const isPassword =
    (found?.kind === 'field' ? found.field.traits : found)?.isPassword ||
    reached?.isSecret ||
    client?.isSecret ||
    false;
  const isMended =
    client !== undefined &&
    !isTerminal &&
    isMendedThroughSeat({ names, ...(window.pid !== undefined && { pid: window.pid }) }, client);
  const byReach = reached === undefined && !isMended ? tierWithoutField : 'input-method';
  const asked =
    settings.tier === 'input-method' || (x11 === undefined && !isOffered(settings)) ? undefined : settings.tier;
  const wished = asked ?? (field === undefined ? byReach : 'verified');
  // Counted keys say nothing about a page, which wraps, completes and corrects what is typed.
  const tier = wished === 'watched' && isBrowserNamed(names) ? 'offered' : wished;
  const app = window.names.at(-1) ?? appName ?? '';
  const selection = await (field && soon(pinSelection(field)));
  const fieldKind = found?.kind === 'field' ? found.field.traits.fieldKind : found?.fieldKind;
  const focus = found === undefined ? {} : { focus: focusOf(found) };
  return {
    window,
    ...(x11 && { x11 }),
    app,
    settings,
    tier,
    isTerminal,
    selectsWithShift: !isTerminal && selectsWithShift(names),
    isPassword,
    moves,
    ...focus,
    ...(fieldKind && { fieldKind }),
    ...(field && { field }),
    ...(selection && { selection }),
    ...(client && { activation: client.activation }),
    ...(reached && { reached }),
    ...(unreached && { unreached }),
  };
}

/** Clicks and Tab are seen on X11 only. */
const movesOf = ({ x11 }: Desk): number => x11?.watch.moves ?? 0;

const isOffered = ({ tier }: AppOptions): boolean => tier === 'offered';

const isByKeys = (tier: Tier | undefined): boolean => tier === 'watched' || tier === 'input-method';

/** Where accessibility cannot write, unless the user chose another way. In terminals nothing is mended. */
function wantsInputMethod({
  settings: { tier = 'input-method', insert = 'auto' },
  isTerminal,
  hasField,
}: Pick<Target, 'settings' | 'isTerminal'> & { readonly hasField: boolean }): boolean {
  return tier === 'input-method' && insert === 'auto' && !hasField && !isTerminal;
}

const focusOf = (found: Found): string => (found.kind === 'field' ? keyOf(found.field.object) : found.focus);

/**
 * Whether the focus is still where it was. Where it cannot be known, a click or Tab since says that it may not be.
 */
export async function isStillThere(desk: Desk, target: Target, signal: AbortSignal): Promise<boolean> {
  const now = await focusNow(desk, target, signal);
  // In a terminal Tab completes a word.
  if (now === undefined || target.focus === undefined) return target.isTerminal || movesOf(desk) === target.moves;
  return now.focus === target.focus && now.isPassword === target.isPassword;
}

/** The same for a window whose parts come and go while its user types, as the paragraphs of a document. */
export async function isInSameField(desk: Desk, target: Target, signal: AbortSignal): Promise<boolean> {
  const now = await focusNow(desk, target, signal);
  if (now !== undefined && now.isPassword !== target.isPassword) return false;
  return movesOf(desk) === target.moves || (now !== undefined && now.focus === target.focus);
}

/** Absent where it cannot be known. */
async function focusNow({ accessibility }: Desk, { window }: Target, signal: AbortSignal) {
  const found = window.pid === undefined ? undefined : await accessibility.focusedIn(window.pid, signal);
  if (found === undefined) return undefined;
  return {
    focus: focusOf(found),
    isPassword: found.kind === 'field' ? found.field.traits.isPassword : found.isPassword,
  };
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
  const [before, behind] = pinNames(sessionId);
  await field.pinCaret((at) => {
    field.ledger.pin(before, { at, side: 'before' });
    field.ledger.pin(behind, { at, side: 'after' });
  });
}

/** Forgets where the caret was. */
export function forgetCaret({ ledger }: Field, sessionId: string): void {
  for (const name of pinNames(sessionId)) ledger.unpin(name);
}

/**
 * Where the caret was when it was pinned, or behind the word that was being typed there. `isInWord` says whether the user
 * is about to type the next character of a word. Absent when it was not pinned.
 */
export async function placeIn(
  field: Field,
  sessionId: string,
  isInWord: () => boolean = () => false,
): Promise<PinnedPlace | undefined> {
  const [at, typedTo] = pinNames(sessionId).map((name) => field.ledger.pinned(name));
  if (at === undefined || typedTo === undefined) return undefined;
  const [before, typed] = await Promise.all([
    field.text(Math.max(0, at - 1), at),
    typedTo > at ? field.text(at, typedTo) : '',
  ]);
  if (!ENDS_IN_WORD.test(before)) return { at, isTyping: false };
  const [word = ''] = WORD.exec(typed) ?? [];
  return { at: at + field.ledger.unit.length(word), isTyping: word === typed && (word !== '' || isInWord()) };
}

/** What stands around the place of a dictation's text in a field, without what it replaces. */
export async function surroundingsOf(
  field: Field,
  sessionId: string,
  selection?: ReplacedSelection,
): Promise<Surroundings> {
  const selected = await selection?.place();
  const at = selected?.start ?? (await placeIn(field, sessionId))?.at ?? (await field.caret());
  const from = selected?.end ?? at;
  // Qt gives nothing at all of a range that goes beyond the end.
  const end = Math.min(from + CONTEXT_UNITS, await field.length());
  const [before, after] = await Promise.all([field.text(Math.max(0, at - CONTEXT_UNITS), at), field.text(from, end)]);
  return { before, after };
}
