// Wrong in one way: its manifest holds what JSON cannot.

import { altered, bad, good, inputs } from '../good.ts';

export default bad(
  'has a manifest of plain data',
  altered(good.sink, { commands: [{ id: 'x', title: 'X', arguments: { since: new Date(0) } }] }),
  inputs.sink,
);
