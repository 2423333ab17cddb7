// Why a text could not be put into a field, or changed there, in words: for the manifests of sinks that write into fields.

/** What sinks give as reasons that use this package, and those that write with keys. */
export const fieldReasons = {
  'caret-moved': 'the cursor was moved',
  clicked: 'the mouse was clicked',
  'deleted-before': 'text in front of it was deleted',
  'does-not-fit': 'the text there differs',
  entered: 'Enter was pressed',
  'field-gone': 'the text field is gone',
  'focus-changed': 'another window or field has the focus',
  'no-window': 'no window has the focus',
  'not-known': 'whether the draft is there is not known',
  'not-readable': 'the text field cannot be read; Ctrl+Z in the application may still work',
  'not-typable': 'the keyboard layout lacks some of its characters',
  'not-watched': 'changes to the text field could not be observed',
  'right-to-left': 'right-to-left text cannot be edited with keys',
  secret: 'it is a password field',
  shortcut: 'a key combination was used',
  stale: 'a newer version was already there',
  'too-far': 'the cursor is too far from it',
  'typed-between': 'something was typed into it in the meantime',
  'unknown-session': 'its position is lost',
  waiting: 'the refined text is inserted instead',
  'user-edited': 'you have edited it',
} as const;
