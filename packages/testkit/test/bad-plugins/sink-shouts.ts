// Wrong in one way: its reasons are sentences where clauses are expected.

import { altered, bad, good, inputs } from '../good.ts';

export default bad(
  'declares the capabilities of its kind and no others',
  altered(good.sink, { capabilities: { ...good.sink.capabilities, reasons: { 'field-gone': 'The field is gone.' } } }),
  inputs.sink,
);
