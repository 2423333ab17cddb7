// How node-mic is run: audio goes to descriptor 3, and its recorder ends with the process that wanted it.

import { createWriteStream } from 'node:fs';
import Mic from 'node-mic';

const AUDIO_DESCRIPTOR = 3;
const [device] = process.argv.slice(2);
// sox takes the device from there (sox(1), AUDIODEV); node-mic hands its option on to arecord only.
if (device !== undefined) process.env['AUDIODEV'] = device;
const microphone = new Mic({ rate: 16_000, channels: 1, fileType: 'raw', ...(device !== undefined && { device }) });
const audio = microphone.getAudioStream();
const output = createWriteStream('', { fd: AUDIO_DESCRIPTOR });

/** Its recorder ends by the signal, at the latest with its next write. */
function end(code: number, words = ''): void {
  microphone.stop();
  if (words !== '') process.stderr.write(`${words}\n`);
  process.exit(code);
}

process.on('SIGTERM', () => end(0));
// The process that wanted the audio was killed.
process.on('disconnect', () => end(0));
// Ctrl-C goes to all processes of a terminal; the one that wanted the audio decides.
process.on('SIGINT', () => undefined);
output.on('error', () => end(0));
audio.on('error', (error: Error) => end(1, error.message));
audio.on('end', () => end(1, 'The recorder of node-mic ended.'));
audio.pipe(output, { end: false });
try {
  microphone.start();
} catch (error) {
  end(1, (error as Error).message);
}
