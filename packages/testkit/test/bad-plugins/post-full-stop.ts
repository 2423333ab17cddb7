// Wrong in one way: it puts a full stop after nothing.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'makes no text out of nothing',
  misbehaving(good.postprocessor, (part) => ({
    ...part,
    async process(transcript, context, signal) {
      const result = await part.process(transcript, context, signal);
      return { ...result, text: `${result.text}.` };
    },
  })),
  inputs.postprocessor,
);
