// Wrong in one way: it gives percents.

import { bad, inputs, mishearing } from '../good.ts';

export default bad(
  'probabilities are 0…1',
  mishearing((marks) => marks.map((mark) => ({ ...mark, speechProbability: mark.speechProbability * 1.5 }))),
  inputs.vad,
);
