// Wrong in one way: it fails in a stage that it declares.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'gives a transcript for any text in every stage that it declares',
  misbehaving(good.postprocessor, (part) => ({
    ...part,
    async process(transcript, context, signal) {
      if (context.stage === 'refined' && transcript.text.startsWith('П'))
        throw new Error('Refined text is not known here.');
      return part.process(transcript, context, signal);
    },
  })),
  inputs.postprocessor,
);
