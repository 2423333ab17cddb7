// Wrong in one way: its words never come out.

import { bad, inputs, sinkWithOutput } from '../good.ts';

const { plugin, output } = sinkWithOutput();
const mute = (): string => output().replaceAll('Quintessence', '');

export default bad('puts out the words', plugin, { ...inputs.sink, output: mute });
