// Wrong in one way: it hears only whole windows inside one frame.

import { bad, inputs, mishearing } from '../good.ts';

export default bad(
  'gives the same marks however the audio is chopped',
  mishearing((marks, { samples }) =>
    marks.map((mark) => (samples.length < 8 ? { ...mark, speechProbability: 0.3 } : mark)),
  ),
  inputs.vad,
);
