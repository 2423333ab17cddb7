// Wrong in one way: it takes every change for one of the segment that the edit is about.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'takes an edit that changes the separator of the segment behind it',
  misbehaving(good.sink, (part) => ({
    ...part,
    async apply(edit, signal) {
      const stray = edit.changes.find(({ segmentId }) => segmentId !== edit.segmentId);
      if (stray !== undefined) throw new Error(`A change belongs to ${stray.segmentId}.`);
      return part.apply(edit, signal);
    },
  })),
  inputs.sink,
);
