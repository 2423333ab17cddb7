// How the texts of a profile are made to fit.

import { fit } from '@voiceinput/text';
import type { Profile } from '../configure/profile.ts';
import { asRecognised } from './pieces.ts';
import type { Fit } from './pieces.ts';

/** The profile's way to fit texts into their place. */
export function fitOf({ fit: wanted = true, language, words }: Pick<Profile, 'fit' | 'language' | 'words'>): Fit {
  if (!wanted) return asRecognised;
  return (text, place) => fit(text, { words, ...(language !== undefined && { language }), ...place }).words;
}
