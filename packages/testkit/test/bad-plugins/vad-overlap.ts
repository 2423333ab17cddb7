// Wrong in one way: its windows overlap.

import { bad, inputs, mishearing } from '../good.ts';

export default bad(
  'windows follow each other without gaps',
  mishearing((marks) => marks.map((mark) => ({ ...mark, endSample: mark.endSample + 1 }))),
  inputs.vad,
);
