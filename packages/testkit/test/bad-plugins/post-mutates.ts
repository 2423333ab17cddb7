// Wrong in one way: it changes the transcript in place.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'does not change the transcript that it is given',
  misbehaving(good.postprocessor, (part) => ({
    ...part,
    async process(transcript, context, signal) {
      const result = await part.process(transcript, context, signal);
      return Object.assign(transcript, { text: result.text.toUpperCase() });
    },
  })),
  inputs.postprocessor,
);
