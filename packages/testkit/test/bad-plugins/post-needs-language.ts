// Wrong in one way: it needs a language.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'does without what is not known',
  misbehaving(good.postprocessor, (part) => ({
    ...part,
    async process(transcript, context, signal) {
      if (!context.language) throw new Error('The language is unknown.');
      return part.process(transcript, context, signal);
    },
  })),
  inputs.postprocessor,
);
