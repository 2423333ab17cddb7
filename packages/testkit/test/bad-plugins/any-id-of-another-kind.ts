// Wrong in one way: its id does not tell its kind.

import { altered, bad, good, inputs } from '../good.ts';

export default bad('has an id of its kind and a word', altered(good.sink, { id: 'runner-recording' }), inputs.sink);
