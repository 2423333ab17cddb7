// Wrong in one way: it hears speech nowhere.

import { bad, inputs, mishearing } from '../good.ts';

export default bad(
  'tells speech from silence',
  mishearing((marks) => marks.map((mark) => ({ ...mark, speechProbability: 0 }))),
  inputs.vad,
);
