// In which language a text is written: what was said of it, unless its letters say otherwise. Matters for capitals only.

const CYRILLIC = /\p{Script=Cyrillic}/u;
/** Of the languages that Whisper hears, those in Cyrillic letters. */
const WRITTEN_IN_CYRILLIC = new Set('ru uk be bg mk sr kk mn tg tt ba'.split(' '));

/**
 * The language of `text`, which was spoken as `said` and goes behind `before`: English dictated by somebody who usually
 * speaks Russian is English, and a Latin word in a Russian sentence belongs to that sentence.
 */
export function writtenLanguage(text: string, before: string, said: string | undefined): string {
  const inCyrillic = said !== undefined && WRITTEN_IN_CYRILLIC.has(said.split('-')[0]!);
  if (CYRILLIC.test(text)) return inCyrillic ? said : cyrillicLanguageOf(text);
  if (said === undefined || !inCyrillic) return said ?? 'en';
  return !/\p{L}/u.test(text) || CYRILLIC.test(lastWordOf(before)) ? said : 'en';
}

function cyrillicLanguageOf(text: string): string {
  return /[іїєґ]/iu.test(text) ? 'uk' : 'ru';
}

function lastWordOf(text: string): string {
  return text.match(/\p{L}+/gu)?.at(-1) ?? '';
}
