// What is different in fields that do not hold sentences.

import type { FieldKind } from '@voiceinput/plugin-api';

/** Fields in which capitals are left to the speaker's words: they hold no sentences. */
const WITHOUT_SENTENCES: ReadonlySet<FieldKind> = new Set(['url', 'email', 'code', 'terminal', 'number', 'tel']);
/** Fields in which an entry is not closed by a full stop. */
const WITHOUT_STOP: ReadonlySet<FieldKind> = new Set([...WITHOUT_SENTENCES, 'search']);
/** Fields whose content never contains a space. */
const WITHOUT_SPACES: ReadonlySet<FieldKind> = new Set(['email', 'number']);

/** Whether the field holds sentences that begin with a capital. */
export function holdsSentences(field: FieldKind): boolean {
  return !WITHOUT_SENTENCES.has(field);
}

/** Whether an entry of the field ends without a full stop. */
export function endsWithoutStop(field: FieldKind): boolean {
  return WITHOUT_STOP.has(field);
}

/**
 * The text in the form of the field: addresses and numbers lose their spaces. What looks like a query or a command
 * keeps them, because address bars and terminals take both.
 */
export function inFormOf(field: FieldKind, text: string): string {
  const dense = text.replaceAll(/\s+/gu, '').toLowerCase();
  return WITHOUT_SPACES.has(field) || (field === 'url' && isAddress(text)) ? dense : text;
}

/** Whether the text, spaces aside, is one web address such as `Example.com/news` or `https://example.com`. */
function isAddress(text: string): boolean {
  const bare = text.trim();
  return /^(?:[a-z]+:\/\/)?[\p{L}\d-]+(?:\.[\p{L}\d-]+)+(?:[/?#]\S*)?$/iu.test(bare);
}
