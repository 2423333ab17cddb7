// Wrong in one way: it fails on half a character.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'gives a transcript for any text in every stage that it declares',
  misbehaving(good.postprocessor, (part) => ({
    ...part,
    async process(transcript, context, signal) {
      encodeURIComponent(transcript.text);
      return part.process(transcript, context, signal);
    },
  })),
  inputs.postprocessor,
);
