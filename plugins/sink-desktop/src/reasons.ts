// Why a text does not stand in its field, in words.

import { fieldReasons } from '@voiceinput/field/reasons';

export const reasons = {
  ...fieldReasons,
  busy: 'the application stayed busy',
  'changed-meanwhile': 'the text changed in the meantime',
  'clipboard-unreadable': 'the clipboard could not be saved first',
  'given-back': 'the dictation was over',
  'input-method': 'an input method was used',
  'input-method-gone': 'the input method had to be stopped',
  'keys-not-seen': 'the typed keys were not seen',
  'keys-of-a-program': 'another program typed',
  'not-answering': 'the application did not answer',
  'not-reachable': 'on Wayland this window takes text from no other program',
  'not-verified': 'the text field does not show what was typed',
  'not-writable': 'the text field is read-only',
  'paste-not-taken': 'the application did not accept the paste',
  'text-changed': 'the text in the field has changed',
};
