// Decides how node-mic is run: audio goes to descriptor 3, and its recorder ends with the process that wanted it.

import { createWriteStream } from 'node:fs';
import Mic from 'node-mic';

const [device] = process.argv.slice(2);
const microphone = new Mic({ rate: 16_000, channels: 1, fileType: 'raw', ...(device !== undefined && { device }) });
const audio = microphone.getAudioStream();
const output = createWriteStream('', { fd: 3 });

function end(code: number): void {
  microphone.stop();
  process.exit(code);
}

process.on('disconnect', () => end(0));
process.on('SIGINT', () => undefined);
output.on('error', () => end(0));
audio.on('error', (error: Error) => {
  process.stderr.write(`${error.message}\n`);
  end(1);
});
audio.pipe(output);
microphone.start();
