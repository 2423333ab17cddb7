// Whether a text is in a language that may be spoken.

import type { Doubt, LanguageKnowledge } from '@voiceinput/plugin-api';
import { hears } from '../configure/language.ts';
import type { Spoken } from '../configure/language.ts';

/** Heard with at least this probability, a language is no mishearing. */
const SURE = 0.8;

/** Why a text should be looked at, by its runner or by its language. Absent: no reason. */
export function doubtOf(text: LanguageKnowledge, { language, languages }: Spoken): Doubt | undefined {
  if (text.doubtful !== undefined) return text.doubtful;
  const allowed = language === undefined ? languages : [language];
  if (allowed === undefined || text.language === undefined || (text.languageProbability ?? 0) < SURE) return undefined;
  return hears(allowed, text.language) ? undefined : 'language';
}
