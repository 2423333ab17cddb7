// Wrong in one way: its manifest holds what JSON cannot.

import { altered, bad, commanded } from '../good.ts';

const arguments_ = { type: 'object', properties: { since: { type: 'string', default: new Date(0) } } };

export default bad(
  'has a manifest of plain data',
  altered(commanded.plugin, { commands: [{ id: 'greet', title: 'Say hello', arguments: arguments_ }] }),
  commanded.inputs,
);
