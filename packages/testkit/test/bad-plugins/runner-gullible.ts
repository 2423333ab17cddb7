// Wrong in one way: it believes a proposal.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'a proposal, right or wrong, never changes the text',
  misbehaving(good.runner, (part) => ({
    ...part,
    async run(clip, hint, signal) {
      const transcript = await part.run(clip, hint, signal);
      const wrong = hint.proposal && hint.proposal.tokens.length > (transcript.tokens?.length ?? 0);
      return wrong ? { ...transcript, text: `${transcript.text} ${transcript.text}` } : transcript;
    },
  })),
  inputs.runner,
);
