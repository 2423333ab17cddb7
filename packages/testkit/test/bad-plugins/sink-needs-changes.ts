// Wrong in one way: it fails on an edit that changes nothing.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'takes edits that change nothing',
  misbehaving(good.sink, (part) => ({
    ...part,
    async apply(edit, signal) {
      if (edit.changes.length === 0 && edit.segment.text === 'Hello.') throw new Error('Nothing changes.');
      return part.apply(edit, signal);
    },
  })),
  inputs.sink,
);
