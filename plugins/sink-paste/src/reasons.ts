// Why a text does not stand where it was pasted, in words.

import { fieldReasons } from '@voiceinput/field/reasons';

export const reasons = {
  ...fieldReasons,
  'key-held': 'a key was held down',
  'keys-not-heard': 'the typed keys did not arrive',
  'modifier-held': 'a key such as Ctrl or Shift was held',
};
