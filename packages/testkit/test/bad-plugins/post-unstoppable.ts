// Wrong in one way: process does not listen to the signal.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'process honours an abort',
  misbehaving(good.postprocessor, (part) => ({
    ...part,
    async process(transcript, context, signal) {
      return part.process(transcript, context, signal.aborted ? new AbortController().signal : signal);
    },
  })),
  inputs.postprocessor,
);
