// Wrong in one way: it takes proposals and gives no tokens for the next.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'a proposal, right or wrong, never changes the text',
  misbehaving(good.runner, (part) => ({
    ...part,
    async run(clip, hint, signal) {
      const { tokens, vocabulary, ...transcript } = await part.run(clip, hint, signal);
      if (tokens && !vocabulary) throw new Error('The vocabulary is missing.');
      return transcript;
    },
  })),
  inputs.runner,
);
