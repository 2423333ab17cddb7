// What can be done with what was dictated before.

import type { HistoryEntry } from '@voiceinput/client';
import { printable } from '@voiceinput/plugin-api';
import { graphemesOf } from '../draw/graphemes.ts';
import type { Messages } from '../messages/messages.ts';
import { choice, submenu, words } from './item.ts';
import type { MenuItem } from './item.ts';

const MOST_CHARACTERS = 44;

export function dictations(entries: readonly HistoryEntry[], messages: Messages): MenuItem {
  const items = entries.map((entry, index) => ofEntry(entry, index === 0, messages));
  return submenu(messages.lastDictations, items.length > 0 ? items : [words(messages.nothingDictated)]);
}

function ofEntry(
  { id, text, draft, startedAt, refinedMs, polishedMs }: HistoryEntry,
  isNewest: boolean,
  messages: Messages,
): MenuItem {
  const label = `${timeOf(startedAt)}  ${shortened(text ?? draft ?? '') || messages.noWords}`;
  // Without a second reading the text is the draft.
  const isRefined = refinedMs !== undefined || polishedMs !== undefined || text !== draft;
  const refined: readonly MenuItem[] = [
    choice(messages.copyRefined, { method: 'history/copy', params: { id, stage: 'refined' } }),
    choice(messages.pasteRefined, { method: 'paste', params: { id, stage: 'refined' } }),
  ];
  const drafted: readonly MenuItem[] = [
    choice(messages.copyDraft, { method: 'history/copy', params: { id, stage: 'draft' } }),
    choice(messages.pasteDraft, { method: 'paste', params: { id, stage: 'draft' } }),
  ];
  const undo = choice(messages.undo, { method: 'undo', params: { sessionId: id } });
  const items = [
    ...(isThere(text) && isRefined ? refined : []),
    ...(isThere(draft) ? drafted : []),
    ...(isNewest && (isThere(text) || isThere(draft)) ? [undo] : []),
  ];
  return items.length > 0 ? submenu(label, items) : words(label);
}

const isThere = (words: string | undefined): boolean => words !== undefined && words !== '';

/** Hours and minutes of this place. */
function timeOf(startedAt: string): string {
  const date = new Date(startedAt);
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
}

function shortened(text: string): string {
  const characters = graphemesOf(printable(text).trim());
  if (characters.length <= MOST_CHARACTERS) return characters.join('');
  return `${characters
    .slice(0, MOST_CHARACTERS - 1)
    .join('')
    .trimEnd()}…`;
}
