// Wrong in one way: it puts out what it is told, letter by letter.

import { recordingSink } from '@voiceinput/testkit';
import { bad, inputs } from '../good.ts';

const { plugin, recording } = recordingSink();
const output = (): string => recording.edits.map((edit) => edit.segment.text).join('');

export default bad('puts out nothing that acts on a terminal', plugin, { ...inputs.sink, output });
